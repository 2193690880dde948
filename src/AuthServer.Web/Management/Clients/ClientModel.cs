using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// The members of a client: those that the protocol acts upon, and those that are kept for their owners.
/// </summary>
internal static class ClientModel
{
    private static readonly Client Blank = ClientDefaults.New("blank", null, null, DateTimeOffset.UnixEpoch);

    public static ResourceSchema<Client> Wire { get; } =
        new ResourceSchema<Client>(c => c.Other, (c, v) => c.Other = v)
            .Shown("client_id", c => c.ClientId)
            .Text("name", c => c.Name, (c, v) => c.Name = v)
            .OptionalText("description", c => c.Description, (c, v) => c.Description = v, JsonValidators.TextUpTo(140))
            .Shown("global", _ => false)
            .OptionalText("app_type", c => c.AppType, (c, v) => c.AppType = v)
            .OptionalText("logo_uri", c => c.LogoUri, (c, v) => c.LogoUri = v)
            .Flag("is_first_party", c => c.IsFirstParty, (c, v) => c.IsFirstParty = v, reset: true)
            .Flag("oidc_conformant", c => c.OidcConformant, (c, v) => c.OidcConformant = v, reset: true)
            .Texts("callbacks", c => c.Callbacks, (c, v) => c.Callbacks = v)
            .Texts("allowed_logout_urls", c => c.AllowedLogoutUrls, (c, v) => c.AllowedLogoutUrls = v)
            .Texts("web_origins", c => c.WebOrigins, (c, v) => c.WebOrigins = v)
            .Texts("allowed_origins", c => c.AllowedOrigins, (c, v) => c.AllowedOrigins = v)
            .OptionalText("initiate_login_uri", c => c.InitiateLoginUri, (c, v) => c.InitiateLoginUri = v)
            .Texts("grant_types", c => c.GrantTypes, (c, v) => c.GrantTypes = v)
            .Text(
                "token_endpoint_auth_method",
                c => c.TokenEndpointAuthMethod,
                (c, v) => c.TokenEndpointAuthMethod = v,
                reset: Blank.TokenEndpointAuthMethod)
            .Accepted("client_secret", JsonValidators.Text)
            .Accepted("client_authentication_methods", JsonValidators.Object)
            .Nested(
                "jwt_configuration",
                Reset,
                new ResourceSchema<Client>()
                    .Text(
                        "alg", c => c.IdTokenAlgorithm, (c, v) => c.IdTokenAlgorithm = v, reset: Blank.IdTokenAlgorithm)
                    .Whole(
                        "lifetime_in_seconds",
                        c => c.IdTokenLifetime,
                        (c, v) => c.IdTokenLifetime = v,
                        1,
                        2_592_000,
                        Blank.IdTokenLifetime)
                    .Constant("secret_encoded", JsonValidators.Flag, false)
                    .Accepted("scopes", JsonValidators.Object))
            .Nested(
                "refresh_token",
                c => c.RefreshTokens = ClientDefaults.RefreshTokens(c.TokenEndpointAuthMethod),
                RefreshTokenModel.Wire)
            .OptionalText("userinfo_signed_response_alg", c => c.UserInfoAlgorithm, (c, v) => c.UserInfoAlgorithm = v)
            .Text("subject_type", c => c.SubjectType, (c, v) => c.SubjectType = v, reset: Blank.SubjectType)
            .OptionalText("sector_identifier_uri", c => c.SectorIdentifierUri, (c, v) => c.SectorIdentifierUri = v)
            .Nested("oidc_logout", c => c.BackchannelLogoutUrls = [], BackchannelLogoutModel.Wire)
            .Nested("oidc_backchannel_logout", c => c.BackchannelLogoutUrls = [], BackchannelLogoutModel.Older)
            .Flag(
                "backchannel_logout_session_required",
                c => c.BackchannelLogoutSessionRequired,
                (c, v) => c.BackchannelLogoutSessionRequired = v)
            .OptionalText(
                "frontchannel_logout_uri", c => c.FrontchannelLogoutUri, (c, v) => c.FrontchannelLogoutUri = v)
            .Flag(
                "frontchannel_logout_session_required",
                c => c.FrontchannelLogoutSessionRequired,
                (c, v) => c.FrontchannelLogoutSessionRequired = v)
            .Dictionary("client_metadata", c => c.Metadata, (c, v) => c.Metadata = v, most: 10, longest: 255)
            .Texts("response_types", c => c.ResponseTypes, (c, v) => c.ResponseTypes = v)
            .With(new("jwks", c => c.Jwks is null ? null : JsonNode.Parse(c.Jwks), ReadJwks))
            .OptionalText("jwks_uri", c => c.JwksUri, (c, v) => c.JwksUri = v)
            .OptionalText("client_uri", c => c.ClientUri, (c, v) => c.ClientUri = v)
            .OptionalText("policy_uri", c => c.PolicyUri, (c, v) => c.PolicyUri = v)
            .OptionalText("tos_uri", c => c.TosUri, (c, v) => c.TosUri = v)
            .Texts("contacts", c => c.Contacts, (c, v) => c.Contacts = v)
            .With(new("default_max_age", c => c.DefaultMaxAge, ReadMaxAge))
            .Flag("require_auth_time", c => c.RequireAuthTime, (c, v) => c.RequireAuthTime = v)
            .Flag("self_registered", c => c.IsSelfRegistered, (c, v) => c.IsSelfRegistered = v)
            .Text(
                "third_party_security_mode",
                c => c.IsFirstParty ? null : c.ThirdPartySecurityMode,
                (c, v) => c.ThirdPartySecurityMode = v,
                reset: Blank.ThirdPartySecurityMode)
            .Text(
                "redirection_policy",
                c => c.RedirectionPolicy,
                (c, v) => c.RedirectionPolicy = v,
                reset: Blank.RedirectionPolicy)
            .Text(
                "organization_usage",
                c => c.OrganizationUsage,
                (c, v) => c.OrganizationUsage = v,
                OrganizationKinds.Usage,
                Blank.OrganizationUsage)
            .Text(
                "organization_require_behavior",
                c => c.OrganizationPrompt,
                (c, v) => c.OrganizationPrompt = v,
                OrganizationKinds.Prompt,
                Blank.OrganizationPrompt)
            .Flag("require_pkce", c => c.RequirePkce, (c, v) => c.RequirePkce = v)
            .Flag(
                "require_proof_of_possession",
                c => c.RequireProofOfPossession,
                (c, v) => c.RequireProofOfPossession = v)
            .Flag(
                "require_pushed_authorization_requests",
                c => c.RequirePushedAuthorizationRequests,
                (c, v) => c.RequirePushedAuthorizationRequests = v)
            .With(new("par_request_expiry", c => c.PushedRequestLifetime, ReadPushedRequestLifetime))
            .With(SignedRequestObjectModel.Member)
            .OptionalText(
                "request_object_signing_alg", c => c.RequestObjectAlgorithm, (c, v) => c.RequestObjectAlgorithm = v)
            .Shown("callback_url_template", _ => false)
            .Keep("client_aliases", JsonValidators.Texts, "[]")
            .Keep("allowed_clients", JsonValidators.Texts, "[]")
            .Keep("is_token_endpoint_ip_header_trusted", JsonValidators.Flag, "false")
            .Keep("cross_origin_authentication", JsonValidators.Flag, "false")
            .Keep("cross_origin_auth", JsonValidators.Flag)
            .Keep("cross_origin_loc", JsonValidators.Text)
            .Keep("sso", JsonValidators.Flag)
            .Keep("sso_disabled", JsonValidators.Flag, "false")
            .Keep("custom_login_page_on", JsonValidators.Flag, "true")
            .Keep("custom_login_page", JsonValidators.Text)
            .Keep("custom_login_page_preview", JsonValidators.Text)
            .Keep("form_template", JsonValidators.Text)
            .KeepMerged("session_transfer")
            .KeepMerged("encryption_key")
            .KeepMerged("addons")
            .KeepMerged("mobile")
            .KeepMerged("native_social_login")
            .KeepMerged("fedcm_login")
            .KeepMerged("default_organization")
            .Keep("organization_discovery_methods", JsonValidators.Texts)
            .KeepMerged("token_vault_privileged_access")
            .Keep("compliance_level", JsonValidators.Text)
            .Keep("skip_non_verifiable_callback_uri_confirmation_prompt", JsonValidators.Flag)
            .KeepMerged("token_exchange")
            .KeepMerged("token_quota")
            .Keep("resource_server_identifier", JsonValidators.Text)
            .KeepMerged("identity_assertion_authorization_grant")
            .KeepMerged("anonymous_sessions")
            .KeepMerged("express_configuration")
            .KeepMerged("b2b_integration_configuration")
            .KeepMerged("my_organization_configuration")
            .Keep("async_approval_notification_channels", JsonValidators.Texts);

    private static ValidationError? ReadJwks(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        client.Jwks = value.ValueKind == JsonValueKind.Null ? null : value.GetRawText();
        return null;
    }

    private static ValidationError? ReadMaxAge(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && JsonValidators.Whole(0, int.MaxValue)(value) is { } mistyped)
            return mistyped;
        client.DefaultMaxAge = value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
        return null;
    }

    private static ValidationError? ReadPushedRequestLifetime(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && JsonValidators.Whole(10, 600)(value) is { } mistyped)
            return mistyped;
        client.PushedRequestLifetime = value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
        return null;
    }

    private static void Reset(Client client) =>
        (client.IdTokenAlgorithm, client.IdTokenLifetime) = (Blank.IdTokenAlgorithm, Blank.IdTokenLifetime);
}
