using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tenants;

/// <summary>The members of <c>/tenants/settings</c>. Audiences stand here in their stored form.</summary>
internal static class TenantSettingsModel
{
    private const double MaxSessionHours = 8760;
    private static readonly TenantSettings Defaults = new();

    public static ResourceSchema<TenantSettings> Wire { get; } =
        new ResourceSchema<TenantSettings>(s => s.Other, (s, v) => s.Other = v)
            .Text(
                "friendly_name",
                s => s.FriendlyName,
                (s, v) => s.FriendlyName = v,
                JsonValidators.TextUpTo(100),
                reset: Defaults.FriendlyName)
            .OptionalText("picture_url", s => s.PictureUrl, (s, v) => s.PictureUrl = v)
            .OptionalText("support_email", s => s.SupportEmail, (s, v) => s.SupportEmail = v)
            .OptionalText("support_url", s => s.SupportUrl, (s, v) => s.SupportUrl = v)
            .OptionalText("default_audience", s => s.DefaultAudience, (s, v) => s.DefaultAudience = v)
            .OptionalText("default_directory", s => s.DefaultDirectory, (s, v) => s.DefaultDirectory = v)
            .OptionalText(
                "default_redirection_uri", s => s.DefaultRedirectionUri, (s, v) => s.DefaultRedirectionUri = v)
            .Texts("allowed_logout_urls", s => s.AllowedLogoutUrls, (s, v) => s.AllowedLogoutUrls = v)
            .With(new("enabled_locales", s => ResourceSchema<TenantSettings>.ArrayOf(s.EnabledLocales), ReadLocales))
            .Number(
                "session_lifetime",
                s => s.SessionLifetime,
                (s, v) => s.SessionLifetime = v,
                0.01,
                MaxSessionHours,
                Defaults.SessionLifetime)
            .Number(
                "idle_session_lifetime",
                s => s.IdleSessionLifetime,
                (s, v) => s.IdleSessionLifetime = v,
                0.01,
                MaxSessionHours,
                Defaults.IdleSessionLifetime)
            .Minutes("session_lifetime_in_minutes", (s, v) => s.SessionLifetime = v, Defaults.SessionLifetime)
            .Minutes(
                "idle_session_lifetime_in_minutes", (s, v) => s.IdleSessionLifetime = v, Defaults.IdleSessionLifetime)
            .With(new("flags", WriteFlags, ReadFlags))
            .Text(
                "resource_parameter_profile",
                s => s.ResourceParameterProfile,
                (s, v) => s.ResourceParameterProfile = v,
                JsonValidators.OneOf(ResourceParameterProfiles.Audience, ResourceParameterProfiles.Compatibility),
                Defaults.ResourceParameterProfile)
            .Text(
                "dynamic_client_registration_security_mode",
                s => s.DynamicClientRegistrationSecurityMode,
                (s, v) => s.DynamicClientRegistrationSecurityMode = v,
                JsonValidators.OneOf([.. ClientVocabulary.SecurityModes]),
                Defaults.DynamicClientRegistrationSecurityMode)
            .Flag(
                "allow_organization_name_in_authentication_api",
                s => s.AllowOrganizationNames,
                (s, v) => s.AllowOrganizationNames = v)
            .KeepMerged("error_page")
            .KeepMerged("change_password")
            .KeepMerged("guardian_mfa_page")
            .KeepMerged("device_flow", """{"charset":"base20","mask":"****-****"}""")
            .KeepMerged(
                "session_cookie",
                """{"mode":"persistent"}""",
                JsonValidators.ObjectOf("mode", JsonValidators.OneOf("persistent", "non-persistent")))
            .KeepMerged("sessions")
            .KeepMerged("oidc_logout", """{"rp_logout_end_session_endpoint_discovery":true}""")
            .KeepMerged("default_token_quota")
            .Keep("ephemeral_session_lifetime", JsonValidators.Within(0.01, MaxSessionHours))
            .Keep("idle_ephemeral_session_lifetime", JsonValidators.Within(0.01, MaxSessionHours))
            .Keep("ephemeral_session_lifetime_in_minutes", JsonValidators.Within(1, MaxSessionHours * 60))
            .Keep("idle_ephemeral_session_lifetime_in_minutes", JsonValidators.Within(1, MaxSessionHours * 60))
            .Keep("sandbox_version", JsonValidators.Text)
            .Keep("legacy_sandbox_version", JsonValidators.Text)
            .KeepMerged("security_headers")
            .Keep("customize_mfa_in_postlogin_action", JsonValidators.Flag)
            .Keep("acr_values_supported", JsonValidators.Texts)
            .KeepMerged("mtls")
            .Flag(
                "pushed_authorization_requests_supported",
                s => s.PushedAuthorizationRequestsSupported,
                (s, v) => s.PushedAuthorizationRequestsSupported = v,
                Defaults.PushedAuthorizationRequestsSupported)
            .Keep("authorization_response_iss_parameter_supported", JsonValidators.Flag)
            .Keep("skip_non_verifiable_callback_uri_confirmation_prompt", JsonValidators.Flag)
            .Keep("client_id_metadata_document_supported", JsonValidators.Flag)
            .Keep("enable_ai_guide", JsonValidators.Flag)
            .Keep("phone_consolidated_experience", JsonValidators.Flag)
            .Keep("include_session_metadata_in_tenant_logs", JsonValidators.Flag)
            .KeepMerged("country_codes");

    /// <summary>Another way to send what is kept, and shown, in hours.</summary>
    private static ResourceSchema<TenantSettings> Minutes(
        this ResourceSchema<TenantSettings> table, string name, Action<TenantSettings, double> setHours,
        double resetHours) =>
        table.Number(
            name,
            _ => null,
            (s, minutes) => setHours(s, minutes / 60),
            1,
            MaxSessionHours * 60,
            resetHours * 60);

    private static JsonObject WriteFlags(TenantSettings settings) =>
        new(
            TenantFlags
                .Known.Order(StringComparer.Ordinal)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)settings.Flag(name))));

    /// <summary>Merged by name: null puts a switch back.</summary>
    private static ValidationError? ReadFlags(TenantSettings settings, JsonElement value)
    {
        var flags =
            value.ValueKind == JsonValueKind.Null
                ? []
                : new Dictionary<string, bool>(settings.Flags, StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Null)
        {
            if (JsonValidators.Object(value) is { } mistyped)
                return mistyped;
            foreach (var flag in value.EnumerateObject())
            {
                if (!TenantFlags.Known.Contains(flag.Name))
                    return ValidationError.Unknown(flag.Name);
                if (flag.Value.ValueKind == JsonValueKind.Null)
                    flags.Remove(flag.Name);
                else if (JsonValidators.Flag(flag.Value) is { } reason)
                    return new ValidationError(reason, flag.Name);
                else
                    flags[flag.Name] = flag.Value.GetBoolean();
            }
        }

        settings.Flags = flags;
        return null;
    }

    private static ValidationError? ReadLocales(TenantSettings settings, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            settings.EnabledLocales = Defaults.EnabledLocales;
            return null;
        }

        if (JsonValidators.Texts(value) is { } mistyped)
            return mistyped;
        string[] locales = [.. value.EnumerateArray().Select(locale => locale.GetString()!)];
        if (locales.Length == 0
            || !Array.TrueForAll(
                locales,
                locale => locale.Length is >= 2 and <= 10 && locale.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            return "Expected at least one locale, such as en or pt-BR";
        settings.EnabledLocales = locales;
        return null;
    }
}
