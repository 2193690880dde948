using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// The members of a client: those that the protocol acts on, and those whose defaults are accepted.
/// </summary>
internal static class ClientModel
{
    private const string JwtConfiguration = "jwt_configuration";

    /// <summary>Auth0's defaults, with which no session is transferred.</summary>
    private const string SessionTransfer = """
        {
          "can_create_session_transfer_token": false,
          "enforce_cascade_revocation": true,
          "allowed_authentication_methods": [],
          "enforce_device_binding": "ip",
          "allow_refresh_token": false,
          "enforce_online_refresh_tokens": true
        }
        """;

    private static readonly Client Blank = ClientDefaults.New("blank", null, null, DateTimeOffset.UnixEpoch);

    public static ResourceSchema<Client> Wire { get; } =
        new ResourceSchema<Client>()
            .Shown("client_id", c => c.ClientId)
            .Text("name", c => c.Name, (c, v) => c.Name = v)
            .OptionalText("description", c => c.Description, (c, v) => c.Description = v, JsonValidators.TextUpTo(140))
            .Shown("global", c => DashboardApplication.Is(c.ClientId))
            .OptionalText("app_type", c => c.AppType, (c, v) => c.AppType = v)
            .OptionalText("logo_uri", c => c.LogoUri, (c, v) => c.LogoUri = v)
            .Flag("is_first_party", c => c.IsFirstParty, (c, v) => c.IsFirstParty = v, reset: true)
            .Unsupported("oidc_conformant", "true")
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
                JwtConfiguration,
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
                    .Unsupported("secret_encoded", "false")
                    .Default("scopes", "{}", JwtConfiguration))
            .Nested(
                "refresh_token",
                c => c.RefreshTokens = ClientDefaults.RefreshTokens(c.TokenEndpointAuthMethod),
                RefreshTokenModel.Wire)
            .OptionalText("userinfo_signed_response_alg", c => c.UserInfoAlgorithm, (c, v) => c.UserInfoAlgorithm = v)
            .Text("subject_type", c => c.SubjectType, (c, v) => c.SubjectType = v, reset: Blank.SubjectType)
            .OptionalText("sector_identifier_uri", c => c.SectorIdentifierUri, (c, v) => c.SectorIdentifierUri = v)
            .Nested(BackchannelLogoutModel.Name, BackchannelLogoutModel.Reset, BackchannelLogoutModel.Wire)
            .Nested("oidc_backchannel_logout", BackchannelLogoutModel.Reset, BackchannelLogoutModel.Older)
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
            .OptionalWhole("default_max_age", c => c.DefaultMaxAge, (c, v) => c.DefaultMaxAge = v)
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
            .OptionalWhole(
                "par_request_expiry", c => c.PushedRequestLifetime, (c, v) => c.PushedRequestLifetime = v, 10, 600)
            .With(SignedRequestObjectModel.Member)
            .OptionalText(
                "request_object_signing_alg", c => c.RequestObjectAlgorithm, (c, v) => c.RequestObjectAlgorithm = v)
            .Shown("callback_url_template", _ => false)
            .Unsupported("client_aliases", "[]")
            .Unsupported("allowed_clients", "[]")
            .Unsupported("is_token_endpoint_ip_header_trusted", "false")
            .Unsupported("cross_origin_authentication", "false")
            .Default("cross_origin_auth", "false")
            .Default("cross_origin_loc", "\"\"")
            .Default("sso", "false")
            .Flag("sso_disabled", c => c.IsSsoDisabled, (c, v) => c.IsSsoDisabled = v)
            .Unsupported("custom_login_page_on", "true")
            .Default("custom_login_page", "\"\"")
            .Default("custom_login_page_preview", "\"\"")
            .Default("form_template", "\"\"")
            .Default("session_transfer", SessionTransfer)
            .Default("encryption_key", "{}")
            .Default("addons", "{}")
            .With(MobileAppModel.Member)
            .Default("native_social_login", "{}")
            .Default("fedcm_login", "{}")
            .With(DefaultOrganizationModel.Member)
            .Default("organization_discovery_methods", """["organization_name"]""")
            .Default("token_vault_privileged_access", "{}")
            .Default("compliance_level", "\"none\"")
            .Default("skip_non_verifiable_callback_uri_confirmation_prompt", "false")
            .Default("token_exchange", "{}")
            .TokenQuota("token_quota", c => c.TokenQuota, (c, v) => c.TokenQuota = v)
            .Default("resource_server_identifier", "\"\"")
            .Default("identity_assertion_authorization_grant", "{}")
            .Default("anonymous_sessions", "{}")
            .Default("express_configuration", "{}")
            .Default("b2b_integration_configuration", "{}")
            .Default("my_organization_configuration", "{}")
            .Default("async_approval_notification_channels", "[]");

    private static ValidationError? ReadJwks(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        client.Jwks = value.ValueKind == JsonValueKind.Null ? null : value.GetRawText();
        return null;
    }

    private static void Reset(Client client)
    {
        (client.IdTokenAlgorithm, client.IdTokenLifetime) = (Blank.IdTokenAlgorithm, Blank.IdTokenLifetime);
        client.ForgetProperties(JwtConfiguration);
    }
}
