using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol;

/// <summary>
/// Paths of the protocol endpoints, without the leading slash: OpenIddict resolves them against the issuer.
/// </summary>
public static class ProtocolPaths
{
    public const string Authorize = "authorize";

    /// <summary>Path that a browser returns to after an interaction; the same request continues.</summary>
    public const string Resume = "authorize/resume";

    /// <summary>Path that a user returns to from a redirect of an Action; Auth0's path.</summary>
    public const string Continue = "continue";

    public const string PushedAuthorization = "oauth/par";
    public const string Token = "oauth/token";
    public const string Introspection = "oauth/introspect";
    public const string Revocation = "oauth/revoke";
    public const string UserInfo = "userinfo";
    public const string EndSession = "oidc/logout";

    /// <summary>OpenID Connect Discovery 1.0 §4.</summary>
    public const string OpenIdConfiguration = ".well-known/openid-configuration";

    /// <summary>RFC 8414 §3.</summary>
    public const string ServerMetadata = ".well-known/oauth-authorization-server";
    public const string JsonWebKeySet = ".well-known/jwks.json";

    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>The methods of the endpoint at one of these paths.</summary>
    public static string[] MethodsOf(string path) => path switch
    {
        Authorize or Continue or UserInfo or EndSession => GetOrPost,
        Resume or OpenIdConfiguration or ServerMetadata or JsonWebKeySet => Get,
        _ => Post,
    };

    /// <summary>Whether a user returns from another application.</summary>
    public static bool IsContinue(PathString path) =>
        path.StartsWithSegments("/" + Continue, StringComparison.OrdinalIgnoreCase);

    /// <summary>Paths match without case, and with a slash behind.</summary>
    public static bool IsResume(PathString path) =>
        path.StartsWithSegments("/" + Resume, StringComparison.OrdinalIgnoreCase);
}
