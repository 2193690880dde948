using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tenants;

/// <summary>The members of <c>/tenants/settings</c>. Audiences stand here in their stored form.</summary>
internal static class TenantSettingsModel
{
    private const double MaxSessionHours = 8760;
    private const string Persistent = "persistent";
    private const string NonPersistent = "non-persistent";
    private const string Discovery = TenantFlags.EndSessionEndpointDiscovery;
    private static readonly TenantSettings Defaults = new();

    public static ResourceSchema<TenantSettings> Wire { get; } =
        new ResourceSchema<TenantSettings>()
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
            .With(new("enabled_locales", s => JsonText.ArrayOf(s.EnabledLocales), ReadLocales))
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
            .With(TenantFlagsModel.Member)
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
            .Number(
                "ephemeral_session_lifetime",
                s => s.EphemeralSessionLifetime,
                (s, v) => s.EphemeralSessionLifetime = v,
                0.01,
                MaxSessionHours,
                Defaults.EphemeralSessionLifetime)
            .Number(
                "idle_ephemeral_session_lifetime",
                s => s.IdleEphemeralSessionLifetime,
                (s, v) => s.IdleEphemeralSessionLifetime = v,
                0.01,
                MaxSessionHours,
                Defaults.IdleEphemeralSessionLifetime)
            .Minutes(
                "ephemeral_session_lifetime_in_minutes",
                (s, v) => s.EphemeralSessionLifetime = v,
                Defaults.EphemeralSessionLifetime)
            .Minutes(
                "idle_ephemeral_session_lifetime_in_minutes",
                (s, v) => s.IdleEphemeralSessionLifetime = v,
                Defaults.IdleEphemeralSessionLifetime)
            .Nested(
                "session_cookie",
                s => s.HasPersistentSessionCookie = true,
                new ResourceSchema<TenantSettings>()
                    .Text(
                        "mode",
                        s => s.HasPersistentSessionCookie ? Persistent : NonPersistent,
                        (s, v) => s.HasPersistentSessionCookie = v == Persistent,
                        JsonValidators.OneOf(Persistent, NonPersistent),
                        Persistent))
            .Nested(
                "error_page",
                s => s.ErrorPageUrl = null,
                new ResourceSchema<TenantSettings>()
                    .OptionalText("url", s => s.ErrorPageUrl, (s, v) => s.ErrorPageUrl = v, BrandingModel.Address)
                    .Absent("html", "\"\"")
                    .Absent("show_log_link", "false"))
            .Nested(
                "default_token_quota",
                ResetQuotas,
                new ResourceSchema<TenantSettings>()
                    .TokenQuota("clients", s => s.DefaultClientQuota, (s, v) => s.DefaultClientQuota = v)
                    .TokenQuota(
                        "organizations", s => s.DefaultOrganizationQuota, (s, v) => s.DefaultOrganizationQuota = v))
            .Nested(
                "oidc_logout",
                s => SetDiscovery(s, isOn: true),
                new ResourceSchema<TenantSettings>().Flag(Discovery, s => s.Flag(Discovery), SetDiscovery, reset: true))
            .Absent("change_password", "{}", "a page of the tenant's own HTML could read what users type")
            .Absent("guardian_mfa_page", "{}")
            .Unsupported("device_flow", """{"charset":"base20","mask":"****-****"}""")
            .Absent("sessions", """{"oidc_logout_prompt_enabled":true}""")
            .Unsupported("sandbox_version", "\"22\"")
            .Absent("legacy_sandbox_version", "\"\"")
            .Absent("security_headers", "{}")
            .Absent("customize_mfa_in_postlogin_action", "false")
            .Absent("acr_values_supported", "[]")
            .Absent("mtls", "{}")
            .Flag(
                "pushed_authorization_requests_supported",
                s => s.PushedAuthorizationRequestsSupported,
                (s, v) => s.PushedAuthorizationRequestsSupported = v,
                Defaults.PushedAuthorizationRequestsSupported)
            .Unsupported("authorization_response_iss_parameter_supported", "true")
            .Absent("skip_non_verifiable_callback_uri_confirmation_prompt", "false")
            .Absent("client_id_metadata_document_supported", "false")
            .Absent("enable_ai_guide", "false")
            .Absent("phone_consolidated_experience", "false")
            .Absent("include_session_metadata_in_tenant_logs", "false")
            .Absent("country_codes", "{}");

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

    private static void ResetQuotas(TenantSettings settings) =>
        (settings.DefaultClientQuota, settings.DefaultOrganizationQuota) = (null, null);

    private static void SetDiscovery(TenantSettings settings, bool isOn) =>
        settings.Flags = new Dictionary<string, bool>(settings.Flags, StringComparer.Ordinal) { [Discovery] = isOn };

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
            return "Expected at least one locale, such as en or ja-JP";
        if (Array.Find(locales, locale => !Locales.Has(locale.Split('-')[0])) is { } unspoken)
            return $"Pages are not available in {unspoken}: use {string.Join(" and ", Locales.All)}";
        settings.EnabledLocales = locales;
        return null;
    }
}
