namespace AuthServer.Core.Model;

/// <summary>Auth0's application types.</summary>
public static class AppTypes
{
    public const string Native = "native";
    public const string Spa = "spa";
    public const string RegularWeb = "regular_web";
    public const string NonInteractive = "non_interactive";
}

/// <summary>OpenID Connect Core §8: whether clients get the same subject for a user.</summary>
public static class SubjectTypes
{
    public const string Public = "public";
    public const string Pairwise = "pairwise";
}

/// <summary>RFC 7591 §2, <c>token_endpoint_auth_method</c>.</summary>
public static class TokenEndpointAuthMethods
{
    public const string None = "none";
    public const string ClientSecretPost = "client_secret_post";
    public const string ClientSecretBasic = "client_secret_basic";
    public const string PrivateKeyJwt = "private_key_jwt";

    public static IReadOnlyList<string> All { get; } = [ClientSecretBasic, ClientSecretPost, PrivateKeyJwt, None];
}

/// <summary>
/// Auth0's <c>third_party_security_mode</c> and the tenant's <c>dynamic_client_registration_security_mode</c>.
/// </summary>
public static class ThirdPartySecurityModes
{
    public const string Permissive = "permissive";
    public const string Strict = "strict";
}

/// <summary>
/// Whether an invalid request may redirect a browser immediately, without a signed-in user (RFC 9700 §4.11.2).
/// </summary>
public static class RedirectionPolicies
{
    public const string AllowAlways = "allow_always";
    public const string OpenRedirectProtection = "open_redirect_protection";
}
