using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Model;

namespace AuthServer.Core.Authorize;

/// <summary>The rules about how a request came here, and about the keys that its tokens are bound to.</summary>
public static class ProtectedRequestRules
{
    /// <summary>
    /// Encrypted and in base64url they are 12 KiB with what the pages add, which leaves space for an identity
    /// provider's response in the 16 KiB of a request line.
    /// </summary>
    private const int MaxSizeInBrowser = 8 * 1024;
    private const int MaxPushedSize = 60 * 1024;

    /// <summary>
    /// The pending request has to fit into a URL, encrypted; a pushed one is not part of a URL. Anyone can push as an
    /// unvetted client, so that such clients get the same limit.
    /// </summary>
    public static OAuthError? Size(AuthorizeContext context)
    {
        var max = context is { IsPushed: true, Client.IsUnvetted: false } ? MaxPushedSize : MaxSizeInBrowser;
        return context.Parameters.FitsIn(max)
            ? null
            : OAuthError.InvalidRequest($"The authorization request is longer than {max} bytes.");
    }

    /// <summary>RFC 9126 §5, ASVS 10.4.13. That a client must push (§6) is OpenIddict's rule.</summary>
    public static OAuthError? IsPushed(AuthorizeContext context) =>
        context.IsPushed || AccountApplication.Is(context.Client)
        || !context.Tenant.Settings.Flag(TenantFlags.RequirePushedAuthorizationRequests)
            ? null
            : OAuthError.InvalidRequest("This request has to be pushed (RFC 9126)");

    /// <summary>RFC 9101 §10.5.</summary>
    public static OAuthError? IsSigned(AuthorizeContext context) =>
        context.IsSigned || AccountApplication.Is(context.Client)
        || !(context.Client.RequireSignedRequestObject
            || context.Tenant.Settings.Flag(TenantFlags.RequireSignedRequestObject))
            ? null
            : OAuthError.InvalidRequest("This request has to come as a signed request object (RFC 9101)");

    /// <summary>RFC 9449 §10: a SHA-256 thumbprint.</summary>
    public static OAuthError? KeyThumbprint(AuthorizeContext context) =>
        context.Parameters["dpop_jkt"] is not { } thumbprint
        || (thumbprint.Length == 43 && thumbprint.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            ? null
            : OAuthError.InvalidRequest("dpop_jkt is not a base64url SHA-256 thumbprint");

    /// <summary>No key can be proven here: tokens from here are bearer tokens.</summary>
    public static OAuthError? BoundTokens(AuthorizeContext context) =>
        context.HasResponseType("token") && DpopProofs.Missing(null, context.Client, context.Api) is not null
            ? OAuthError.InvalidRequest("Access tokens have to be bound to a key here (DPoP), and those of the "
                + "authorization endpoint can't be")
            : null;
}
