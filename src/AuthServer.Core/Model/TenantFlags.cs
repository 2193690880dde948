using System.Collections.Frozen;

namespace AuthServer.Core.Model;

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

    /// <summary>The metadata name the end of session endpoint (RP-Initiated Logout 1.0).</summary>
    public const string EndSessionEndpointDiscovery = "rp_logout_end_session_endpoint_discovery";

    /// <summary>The consent page has the descriptions of scopes; else their names.</summary>
    public const string UseScopeDescriptionsForConsent = "use_scope_descriptions_for_consent";

    /// <summary>The flags that act, and whether they are on by default.</summary>
    private static readonly FrozenDictionary<string, bool> Supported = Of(new(StringComparer.Ordinal)
    {
        [EnableClientConnections] = true,
        [EnableDynamicClientRegistration] = false,
        [RequirePkce] = false,
        [RequireReverseDomainSchemes] = false,
        [AllowAccessTokenInQuery] = false,
        [AllowTokenEndpointAsAssertionAudience] = false,
        [RequirePushedAuthorizationRequests] = false,
        [RequireSignedRequestObject] = false,
        [EnablePublicSignupUserExistsError] = false,
        [EndSessionEndpointDiscovery] = true,
        [UseScopeDescriptionsForConsent] = true,
    });

    /// <summary>Auth0's flags that nothing here acts on. They are what they are by default with Auth0.</summary>
    private static readonly FrozenDictionary<string, bool> Unsupported = Of(new(StringComparer.Ordinal)
    {
        ["allow_changing_enable_sso"] = false,
        ["allow_legacy_delegation_grant_types"] = false,
        ["allow_legacy_ro_grant_types"] = false,
        ["allow_legacy_tokeninfo_endpoint"] = false,
        ["allow_other_legacy_delegation_grant_types"] = false,
        ["change_pwd_flow_v1"] = false,
        ["custom_domains_provisioning"] = false,
        ["dashboard_insights_view"] = false,
        ["dashboard_log_streams_next"] = false,
        ["disable_clickjack_protection_headers"] = false,
        ["disable_fields_map_fix"] = false,
        ["disable_impersonation"] = true,
        ["disable_management_api_sms_obfuscation"] = false,
        ["enable_adfs_waad_email_verification"] = false,
        ["enable_apis_section"] = false,
        ["enable_custom_domain_in_emails"] = false,
        ["enable_idtoken_api2"] = false,
        ["enable_legacy_logs_search_v2"] = false,
        ["enable_legacy_profile"] = false,
        ["enable_pipeline2"] = false,
        ["enable_sso"] = true,
        ["enforce_client_authentication_on_passwordless_start"] = false,
        ["genai_trial"] = false,
        ["improved_signup_bot_detection_in_classic"] = false,
        ["local_resource_discovery"] = false,
        ["mfa_show_factor_list_on_enrollment"] = false,
        ["no_disclose_enterprise_connections"] = false,
        ["remove_alg_from_jwks"] = false,
        ["revoke_refresh_token_grant"] = false,
        ["trust_azure_adfs_email_verified_connection_property"] = false,
        ["universal_login"] = true,
    });

    public static FrozenSet<string> Known { get; } =
        Supported.Keys.Concat(Unsupported.Keys).ToFrozenSet(StringComparer.Ordinal);

    public static bool OnByDefault(string name) =>
        Supported.TryGetValue(name, out var isOn) ? isOn : Unsupported.GetValueOrDefault(name);

    /// <summary>Whether a known flag may have this value.</summary>
    public static bool CanBe(string name, bool value) =>
        !Unsupported.TryGetValue(name, out var only) || only == value;

    private static FrozenDictionary<string, bool> Of(Dictionary<string, bool> flags) =>
        flags.ToFrozenDictionary(StringComparer.Ordinal);
}
