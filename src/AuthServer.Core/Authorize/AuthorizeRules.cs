using System.Buffers;
using System.Collections.Frozen;
using AuthServer.Core.Clients;

namespace AuthServer.Core.Authorize;

public delegate OAuthError? Rule(AuthorizeContext context);

/// <summary>Every check of an authorization request, in order. Nothing else decides.</summary>
public static class AuthorizeRules
{
    /// <summary>redirect_uri is not trusted yet: a failure is shown on our own page.</summary>
    public static readonly Rule[] BeforeRedirect = [ClientIsNamed, ClientExists, RedirectUriIsKnown, RedirectUriIsRegistered];

    /// <summary>redirect_uri is trusted: a failure travels back to the client.</summary>
    public static readonly Rule[] AfterRedirect =
    [
        ProtectedRequestRules.Size, ProtectedRequestRules.IsPushed, ProtectedRequestRules.IsSigned, ResponseModeIsKnown, StrictParameters, RequestObject, ResponseTypeIsKnown, StrictResponseType, RegisteredResponseType, ResponseModeFits,
        ClientGrant, Nonce, Scope, Claims, Pkce, ProtectedRequestRules.KeyThumbprint, Organization, Prompt, MaxAge, Hint, Resource, Audience, UsersOfApi,
        ProtectedRequestRules.BoundTokens, Connection,
    ];

    private static readonly FrozenSet<string> OfStrictClients = FrozenSet.Create(
        StringComparer.Ordinal,
        "acr_values", "audience", "authorization_details", "client_id", "code_challenge", "code_challenge_method", "connection", "correlation_id", "display", "dpop_jkt",
        "login_hint", "max_age", "nonce", "prompt", "redirect_uri", "resource", "response_type", "scope", "state", "ui_locales");

    private static readonly SearchValues<char> Base64UrlAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static OAuthError? ClientIsNamed(AuthorizeContext context) =>
        context.Parameters.Has("client_id") ? null : OAuthError.InvalidRequest("Missing required parameter: client_id");

    private static OAuthError? ClientExists(AuthorizeContext context) =>
        context.MaybeClient is not null ? null : OAuthError.InvalidRequest($"Unknown client: {context.Parameters["client_id"]}");

    /// <summary>RFC 6749 §3.1.2.3: it may be left out only when one is registered.</summary>
    private static OAuthError? RedirectUriIsKnown(AuthorizeContext context) =>
        context.RedirectUri is not null ? null : OAuthError.InvalidRequest("Missing required parameter: redirect_uri");

    private static OAuthError? RedirectUriIsRegistered(AuthorizeContext context) =>
        RedirectUris.IsRegistered(context.Client, context.RedirectUri!)
            ? null
            : OAuthError.InvalidRequest($"Callback URL mismatch. {context.RedirectUri} is not in the list of allowed callback URLs of this application.");

    private static OAuthError? ResponseModeIsKnown(AuthorizeContext context) =>
        context.Parameters["response_mode"] is null or "query" or "fragment" or "form_post" or "web_message"
            ? null
            : OAuthError.InvalidRequest("Unsupported response_mode. Supported: query, fragment, form_post, web_message");

    /// <summary>Contract B: what a strict third party may send. Everything else is refused, so that nothing new opens by itself.</summary>
    private static OAuthError? StrictParameters(AuthorizeContext context) =>
        context.Client.IsStrict
        && context.Parameters.All.Keys.FirstOrDefault(name => !OfStrictClients.Contains(name) && !name.StartsWith("ext-", StringComparison.Ordinal)) is { } other
            ? OAuthError.InvalidRequest($"Parameter not allowed for this client: {other}")
            : null;

    /// <summary>OpenID Connect Core §6.1 and §6.2: what <see cref="AuthorizationRequests"/> did not take is refused, never ignored. Nothing is fetched.</summary>
    private static OAuthError? RequestObject(AuthorizeContext context) => context.Parameters switch
    {
        var p when p.Has("request") => OAuthError.RequestNotSupported("Request objects are not supported for this client"),
        var p when p.Has("request_uri") => OAuthError.RequestUriNotSupported("request_uri must be the reference of a pushed request"),
        var p when p.Has("registration") => OAuthError.RegistrationNotSupported("registration is not supported"),
        _ => null,
    };

    private static OAuthError? ResponseTypeIsKnown(AuthorizeContext context) => context.Parameters["response_type"] switch
    {
        null => OAuthError.InvalidRequest("Missing required parameter: response_type"),
        var text when ResponseType.Parse(text) is null => OAuthError.UnsupportedResponseType($"Unsupported response type: {text}"),
        _ => null,
    };

    private static OAuthError? StrictResponseType(AuthorizeContext context) =>
        context.Client.IsStrict && context.Parameters["response_type"] != "code"
            ? OAuthError.UnsupportedResponseType("This client may use the response type code alone")
            : null;

    /// <summary>RFC 7591 §2: a client that named its response types keeps to them. Their words have no order.</summary>
    private static OAuthError? RegisteredResponseType(AuthorizeContext context) =>
        context.Client.ResponseTypes.Count == 0
        || context.Client.ResponseTypes.Any(type => type.Split(' ').ToHashSet(StringComparer.Ordinal).SetEquals(context.Parameters["response_type"]!.Split(' ')))
            ? null
            : OAuthError.UnauthorizedClient("The client did not register this response_type");

    /// <summary>Tokens never go into a query (Multiple Response Type Encoding Practices §5), and a message needs an origin to go to.</summary>
    private static OAuthError? ResponseModeFits(AuthorizeContext context) => context.Parameters["response_mode"] switch
    {
        "query" when !context.ResponseType.IsCodeAlone => OAuthError.InvalidRequest("response_mode=query is not allowed for a response with tokens"),
        "web_message" when context.RedirectOrigin is null => OAuthError.InvalidRequest("response_mode=web_message needs a redirect_uri with an origin"),
        _ => null,
    };

    /// <summary>A code needs one grant type, tokens from here the other, a hybrid both (mission decision 5).</summary>
    private static OAuthError? ClientGrant(AuthorizeContext context) => context switch
    {
        { ResponseType.Code: true } when !context.Client.AllowsGrantType("authorization_code") =>
            NotAllowed("authorization_code"),
        { ResponseType.IsCodeAlone: false } when !context.Client.AllowsGrantType("implicit") => NotAllowed("implicit"),
        _ => null,
    };

    private static OAuthError NotAllowed(string grantType) => OAuthError.UnauthorizedClient($"Grant type '{grantType}' not allowed for the client.");

    /// <summary>OpenID Connect Core §3.2.2.1 and §3.3.2.11: what comes through the browser must not be replayed.</summary>
    private static OAuthError? Nonce(AuthorizeContext context) =>
        context.ResponseType.IdToken && !context.Parameters.Has("nonce") ? OAuthError.InvalidRequest("Missing required parameter: nonce") : null;

    private static OAuthError? Scope(AuthorizeContext context) =>
        Scopes.Parse(context.Parameters["scope"]).Succeeded(out _, out var malformed) ? null : malformed;

    private static OAuthError? Claims(AuthorizeContext context) =>
        ClaimsParameter.Parse(context.Parameters["claims"]) is null ? OAuthError.InvalidRequest("claims is not a JSON object as OpenID Connect Core 5.5 has it") : null;

    /// <summary>RFC 7636 §4.3: S256 only; a challenge is 43 base64url characters. Who needs it: mission decision 4.</summary>
    private static OAuthError? Pkce(AuthorizeContext context) =>
        (context.Parameters["code_challenge"], context.Parameters["code_challenge_method"]) switch
        {
            (null, null) when !PkceRequired(context) || !context.ResponseType.Code => null,
            (null, _) => OAuthError.InvalidRequest("Missing required parameter: code_challenge"),
            (_, not "S256") => OAuthError.InvalidRequest("code_challenge_method must be S256"),
            ({ Length: 43 } challenge, _) when !challenge.AsSpan().ContainsAnyExcept(Base64UrlAlphabet) => null,
            _ => OAuthError.InvalidRequest("code_challenge is not a base64url SHA-256 digest"),
        };

    private static OAuthError? Organization(AuthorizeContext context) => context.Within.Refusal;

    /// <summary>OpenID Connect Core §3.1.2.1: <c>none</c> stands alone.</summary>
    private static OAuthError? Prompt(AuthorizeContext context)
    {
        foreach (var prompt in context.Prompts)
        {
            if (prompt is not ("none" or "login" or "consent" or "select_account"))
                return OAuthError.InvalidRequest($"Unsupported prompt: {prompt}");
        }

        return context.Prompts.Count > 1 && context.Prompts.Contains("none", StringComparer.Ordinal)
            ? OAuthError.InvalidRequest("prompt=none can't be combined with another prompt")
            : null;
    }

    private static OAuthError? MaxAge(AuthorizeContext context) =>
        context.Parameters.Has("max_age") && context.MaxAge is null ? OAuthError.InvalidRequest("max_age must be a number of seconds") : null;

    private static OAuthError? Hint(AuthorizeContext context) =>
        context.Parameters.Has("id_token_hint") && context.Hint is null ? OAuthError.InvalidRequest("id_token_hint is not an ID token of this issuer") : null;

    /// <summary>RFC 8707 §2.</summary>
    private static OAuthError? Resource(AuthorizeContext context) => context.Target.Refusal;

    private static OAuthError? Audience(AuthorizeContext context) =>
        context.Audience is null || context.Api is not null
            ? null
            : OAuthError.AccessDenied($"Service not found: {context.Tenant.Issuer.Absolute(context.Audience)}");

    /// <summary>The Management API's scopes are an administrator's, never lent to whoever signs in (CVE-2025-7784).</summary>
    private static OAuthError? UsersOfApi(AuthorizeContext context) =>
        context.Api is { IsSystem: true }
            ? OAuthError.AccessDenied($"Client is not authorized to access resource server {context.Tenant.Issuer.Absolute(context.Api.Identifier)} on behalf of a user.")
            : null;

    private static OAuthError? Connection(AuthorizeContext context) =>
        context.Parameters["connection"] is null || context.AllowedConnections.Any()
            ? null
            : OAuthError.InvalidRequest("The connection was not found or is not enabled for this client");

    private static bool PkceRequired(AuthorizeContext context) =>
        !AccountApplication.Is(context.Client)
        && (context.Client.IsPublic || !context.Client.IsFirstParty || context.Client.RequirePkce
            || context.Tenant.Settings.Flag(Tenants.TenantFlags.RequirePkce));
}
