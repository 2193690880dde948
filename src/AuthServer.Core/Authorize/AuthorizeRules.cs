using System.Buffers;
using System.Collections.Frozen;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;

namespace AuthServer.Core.Authorize;

/// <summary>One check of an authorization request.</summary>
/// <returns>The error; null when the request may continue.</returns>
public delegate OAuthError? AuthorizeRule(AuthorizeContext context);

/// <summary>
/// The checks of an authorization request that OpenIddict does not have, in order, for <c>/authorize</c> and
/// <c>/oauth/par</c> alike. OpenIddict has validated the client, the response type and mode, the prompts and what the
/// client is permitted.
/// </summary>
public static class AuthorizeRules
{
    /// <summary>The redirect URI is not trusted yet: a failure is shown on our own page.</summary>
    public static readonly AuthorizeRule[] BeforeRedirect =
    [
        ClientExists, RedirectUriRules.IsKnown, RedirectUriRules.IsRegistered, RedirectUriRules.HasAllowedScheme,
    ];

    /// <summary>The redirect URI is trusted: a failure goes to the client.</summary>
    public static readonly AuthorizeRule[] AfterRedirect =
    [
        ProtectedRequestRules.Size,
        ProtectedRequestRules.IsPushed,
        ProtectedRequestRules.IsSigned,
        StrictParameters,
        RequestObject,
        ResponseTypeHasDistinctWords,
        WebMessageHasOrigin,
        Nonce,
        Scope,
        Claims,
        Pkce,
        RedirectUriRules.ShortSchemeIsProtected,
        ProtectedRequestRules.KeyThumbprint,
        Organization,
        MaxAge,
        Hint,
        Resource,
        Audience,
        UsersOfApi,
        ProtectedRequestRules.BoundTokens,
        Connection,
    ];

    private static readonly FrozenSet<string> StrictClientParameters = FrozenSet.Create(
        StringComparer.Ordinal,
        "acr_values", "audience", "authorization_details", "client_id", "code_challenge", "code_challenge_method",
        "connection", "correlation_id", "display", "dpop_jkt", "login_hint", "max_age", "nonce", "prompt",
        "redirect_uri", "resource", "response_type", "scope", "state", "ui_locales");

    private static readonly SearchValues<char> Base64UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <returns>The first error; null when all rules pass.</returns>
    public static OAuthError? Check(AuthorizeRule[] rules, AuthorizeContext context)
    {
        foreach (var rule in rules)
        {
            if (rule(context) is { } error)
                return error;
        }

        return null;
    }

    private static OAuthError? ClientExists(AuthorizeContext context) => context.MaybeClient is not null
        ? null
        : OAuthError.InvalidRequest($"Unknown client: {context.Parameters["client_id"]}");

    /// <summary>
    /// Parameters that a strict third party may send. All others are refused, so that new ones are not allowed by
    /// accident.
    /// </summary>
    private static OAuthError? StrictParameters(AuthorizeContext context) =>
        context.Client.IsStrict && context.Parameters.All.Keys.FirstOrDefault(IsNotForStrictClients) is { } other
            ? OAuthError.InvalidRequest($"Parameter not allowed for this client: {other}")
            : null;

    private static bool IsNotForStrictClients(string name) =>
        !StrictClientParameters.Contains(name) && !name.StartsWith("ext-", StringComparison.Ordinal);

    /// <summary>
    /// OpenID Connect Core §6.1 and §6.2: a request object or reference that was not taken is refused, not ignored.
    /// Nothing is fetched.
    /// </summary>
    private static OAuthError? RequestObject(AuthorizeContext context) => context.Parameters switch
    {
        var p when p.Has("request") =>
            OAuthError.RequestNotSupported("Request objects are not supported for this client"),
        var p when p.Has("request_uri") =>
            OAuthError.RequestUriNotSupported("request_uri must be the reference of a pushed request"),
        var p when p.Has("registration") => OAuthError.RegistrationNotSupported("registration is not supported"),
        _ => null,
    };

    /// <summary>OpenIddict compares sets, in which a repeated word is lost.</summary>
    private static OAuthError? ResponseTypeHasDistinctWords(AuthorizeContext context) =>
        context.ResponseTypes.Distinct(StringComparer.Ordinal).Count() == context.ResponseTypes.Count
            ? null
            : OAuthError.UnsupportedResponseType($"Unsupported response type: {context.Parameters["response_type"]}");

    private static OAuthError? WebMessageHasOrigin(AuthorizeContext context) =>
        context.Parameters["response_mode"] == AuthorizeVocabulary.WebMessage && context.RedirectOrigin is null
            ? OAuthError.InvalidRequest("response_mode=web_message needs a redirect_uri with an origin")
            : null;

    /// <summary>
    /// OpenID Connect Core §3.2.2.1 and §3.3.2.11: what comes through the browser must not be replayed. OpenIddict
    /// also demands it where no ID token comes from here.
    /// </summary>
    private static OAuthError? Nonce(AuthorizeContext context) =>
        context.HasResponseType("id_token") && !context.Parameters.Has("nonce")
            ? OAuthError.InvalidRequest("Missing required parameter: nonce")
            : null;

    private static OAuthError? Scope(AuthorizeContext context) =>
        Scopes.Parse(context.Parameters["scope"]).Succeeded(out _, out var malformed) ? null : malformed;

    private static OAuthError? Claims(AuthorizeContext context) =>
        ClaimsParameter.Parse(context.Parameters["claims"]) is null
            ? OAuthError.InvalidRequest("claims is not a JSON object as OpenID Connect Core 5.5 has it")
            : null;

    /// <summary>
    /// RFC 7636 §4.3: only S256, and a challenge of 43 base64url characters. OpenIddict's rule requires PKCE of single
    /// clients; this one requires it of every client when the tenant does. OpenIddict also refuses a challenge beside a
    /// response type without code.
    /// </summary>
    private static OAuthError? Pkce(AuthorizeContext context) =>
        (context.Parameters["code_challenge"], context.Parameters["code_challenge_method"]) switch
        {
            (null, null) when !RequiresPkce(context) => null,
            (null, _) => OAuthError.InvalidRequest("Missing required parameter: code_challenge"),
            (_, not Core.Pkce.Method) => OAuthError.InvalidRequest("code_challenge_method must be S256"),
            ({ Length: 43 } challenge, _) when !challenge.AsSpan().ContainsAnyExcept(Base64UrlAlphabet) => null,
            _ => OAuthError.InvalidRequest("code_challenge is not a base64url SHA-256 digest"),
        };

    private static bool RequiresPkce(AuthorizeContext context) =>
        context.HasResponseType("code")
        && context.Tenant.Settings.Flag(TenantFlags.RequirePkce)
        && !AccountApplication.Is(context.Client);

    private static OAuthError? Organization(AuthorizeContext context) => context.RequestedOrganization.Refusal;

    private static OAuthError? MaxAge(AuthorizeContext context) =>
        context.Parameters.Has("max_age") && context.MaxAge is null
            ? OAuthError.InvalidRequest("max_age must be a number of seconds")
            : null;

    private static OAuthError? Hint(AuthorizeContext context) =>
        context.Parameters.Has("id_token_hint") && context.Hint is null
            ? OAuthError.InvalidRequest("id_token_hint is not an ID token of this issuer")
            : null;

    /// <summary>RFC 8707 §2.</summary>
    private static OAuthError? Resource(AuthorizeContext context) => context.Target.Refusal;

    private static OAuthError? Audience(AuthorizeContext context) =>
        context.Audience is null || context.Api is not null
            ? null
            : OAuthError.AccessDenied($"Service not found: {context.Tenant.Issuer.Absolute(context.Audience)}");

    /// <summary>
    /// The Management API's scopes belong to administrators and are never given to a user's application
    /// (CVE-2025-7784).
    /// </summary>
    private static OAuthError? UsersOfApi(AuthorizeContext context) =>
        context.Api is { IsSystem: true }
            ? OAuthError.AccessDenied("Client is not authorized to access resource server "
                + $"{context.Tenant.Issuer.Absolute(context.Api.Identifier)} on behalf of a user.")
            : null;

    private static OAuthError? Connection(AuthorizeContext context) =>
        context.Parameters["connection"] is null || context.AllowedConnections.Any()
            ? null
            : OAuthError.InvalidRequest("The connection was not found or is not enabled for this client");
}
