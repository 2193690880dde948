using AuthServer.Core.Clients;

namespace AuthServer.Core.Authorize;

/// <summary>The checks of an authorization request's redirect URI.</summary>
internal static class RedirectUriRules
{
    /// <summary>RFC 6749 §3.1.2.3: it may be left out only when one is registered.</summary>
    public static OAuthError? IsKnown(AuthorizeContext context) =>
        context.RedirectUri is not null ? null : OAuthError.InvalidRequest("Missing required parameter: redirect_uri");

    public static OAuthError? IsRegistered(AuthorizeContext context) =>
        RedirectUris.IsRegistered(context.Client, context.RedirectUri!)
            ? null
            : OAuthError.InvalidRequest(
                $"Callback URL mismatch. {context.RedirectUri} is not in the list of allowed callback URLs of this "
                + "application.");

    /// <summary>RFC 8252 §8.4, for a URI that was registered before the tenant required periods.</summary>
    public static OAuthError? HasAllowedScheme(AuthorizeContext context) =>
        RedirectUris.HasAllowedScheme(context.RedirectUri!, context.Tenant.Settings)
            ? null
            : OAuthError.InvalidRequest($"{context.RedirectUri} has a scheme without a period, which is not allowed.");

    /// <summary>
    /// RFC 8252 §8.1: another application may receive what is sent to a scheme without a period. Only a code is sent
    /// there, and only one that no other application can redeem.
    /// </summary>
    public static OAuthError? ShortSchemeIsProtected(AuthorizeContext context) => context switch
    {
        _ when !PrivateUseSchemes.IsShort(context.RedirectUri!) => null,
        _ when context.ResponseTypes is not ["code"] =>
            OAuthError.InvalidRequest("response_type must be code for a redirect_uri with this scheme"),
        _ when !context.Parameters.Has("code_challenge") =>
            OAuthError.InvalidRequest("Missing required parameter: code_challenge"),
        _ => null,
    };
}
