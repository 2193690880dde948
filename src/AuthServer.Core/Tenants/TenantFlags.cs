using System.Collections.Frozen;

namespace AuthServer.Core.Tenants;

/// <summary>
/// Names of the tenant's flags: Auth0's, and those of this server for behaviour in which Auth0 is looser.
/// </summary>
public static class TenantFlags
{
    public const string EnableClientConnections = "enable_client_connections";

    /// <summary>Clients may register themselves.</summary>
    public const string EnableDynamicClientRegistration = "enable_dynamic_client_registration";

    /// <summary>
    /// Flag of this server: confidential first-party clients need PKCE too (docs/auth0-compatibility.md).
    /// </summary>
    public const string RequirePkce = "require_pkce";

    /// <summary>
    /// Flag of this server: <c>/userinfo?access_token=</c> works, which passport-auth0 needs
    /// (docs/auth0-compatibility.md).
    /// </summary>
    public const string AllowAccessTokenInQuery = "allow_access_token_in_query";

    /// <summary>
    /// Flag of this server: a client assertion may name the token endpoint's URL as its audience
    /// (docs/auth0-compatibility.md).
    /// </summary>
    public const string AllowTokenEndpointAsAssertionAudience = "allow_token_endpoint_as_assertion_audience";

    /// <summary>
    /// Flag of this server: the private-use scheme of a redirect URI has a period (RFC 8252 §8.4;
    /// docs/auth0-compatibility.md).
    /// </summary>
    public const string RequireReverseDomainSchemes = "require_reverse_domain_schemes";

    /// <summary>Flag of this server: every authorization request is pushed (RFC 9126 §5).</summary>
    public const string RequirePushedAuthorizationRequests = "require_pushed_authorization_requests";

    /// <summary>Every authorization request is signed (RFC 9101 §10.5).</summary>
    public const string RequireSignedRequestObject = "require_signed_request_object";

    /// <summary><c>/dbconnections/signup</c> reveals that an address is taken.</summary>
    public const string EnablePublicSignupUserExistsError = "enable_public_signup_user_exists_error";

    public static FrozenSet<string> Known { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        EnableClientConnections,
        EnableDynamicClientRegistration,
        RequirePkce,
        RequireReverseDomainSchemes,
        AllowAccessTokenInQuery,
        AllowTokenEndpointAsAssertionAudience,
        RequirePushedAuthorizationRequests,
        RequireSignedRequestObject,
        "allow_changing_enable_sso",
        "allow_legacy_delegation_grant_types",
        "allow_legacy_ro_grant_types",
        "allow_legacy_tokeninfo_endpoint",
        "allow_other_legacy_delegation_grant_types",
        "change_pwd_flow_v1",
        "custom_domains_provisioning",
        "dashboard_insights_view",
        "dashboard_log_streams_next",
        "disable_clickjack_protection_headers",
        "disable_fields_map_fix",
        "disable_impersonation",
        "disable_management_api_sms_obfuscation",
        "enable_adfs_waad_email_verification",
        "enable_apis_section",
        "enable_custom_domain_in_emails",
        "enable_idtoken_api2",
        "enable_legacy_logs_search_v2",
        "enable_legacy_profile",
        "enable_pipeline2",
        EnablePublicSignupUserExistsError,
        "enable_sso",
        "enforce_client_authentication_on_passwordless_start",
        "genai_trial",
        "improved_signup_bot_detection_in_classic",
        "local_resource_discovery",
        "mfa_show_factor_list_on_enrollment",
        "no_disclose_enterprise_connections",
        "remove_alg_from_jwks",
        "revoke_refresh_token_grant",
        "rp_logout_end_session_endpoint_discovery",
        "trust_azure_adfs_email_verified_connection_property",
        "universal_login",
        "use_scope_descriptions_for_consent");

    public static bool OnByDefault(string name) =>
        name
            is EnableClientConnections
                or "universal_login"
                or "enable_sso"
                or "rp_logout_end_session_endpoint_discovery";
}
