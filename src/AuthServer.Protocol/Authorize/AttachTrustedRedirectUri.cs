using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Authorize;
using AuthServer.Core.Sessions;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Sends a response, an error too, to the redirect URI once that is trusted (RFC 6749 §4.1.2.1). An error also redeems
/// the pushed request that it answers. Replaces AttachRedirectUri, by which OpenIddict shows every error of a
/// validation itself.
/// </summary>
internal sealed class AttachTrustedRedirectUri(IIssuanceStore store, ISessionStore sessions)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseScopedHandler<AttachTrustedRedirectUri>()
        .SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        var transaction = context.Transaction;
        if (context.Request is not { } request || transaction.TrustedRedirectUri is not { } trusted)
            return;
        if (!string.IsNullOrEmpty(context.Response.Error))
        {
            if (!await TryAnswerAsync(context))
                return;
            transaction.IsLinkOnly = !await MayRedirectErrorAsync(context);
        }

        context.RedirectUri = trusted;
        request.ResponseMode = ResponseModeOf(transaction);
    }

    /// <summary>Errors of a reference are shown to the user; every other error is sent to the redirect URI.</summary>
    private async Task<bool> TryAnswerAsync(ApplyAuthorizationResponseContext context)
    {
        var transaction = context.Transaction;
        if (transaction.Error is { Code: "invalid_request_uri" })
            return false;
        if (transaction.PushedRequest?.Pushed is not { } pushed)
            return true;
        var now = context.Options.TimeProvider.GetUtcNow();
        if (await store.TryRedeemPushedRequestAsync(pushed, now, context.CancellationToken))
            return true;
        var used = OAuthError.InvalidRequestUri("The request_uri was used before");
        transaction.Error = used;
        (context.Response.Error, context.Response.ErrorDescription) = (used.Code, used.Description);
        return false;
    }

    /// <summary>
    /// The browser follows an error of a client that registered itself only where the user has used the client before,
    /// in this session; otherwise a link to this server would lead to any registered address (RFC 9700 §4.11.2). In a
    /// frame it always does: the address bar does not show this server there.
    /// </summary>
    private async Task<bool> MayRedirectErrorAsync(ApplyAuthorizationResponseContext context)
    {
        var transaction = context.Transaction;
        if (transaction.Client is not { IsOpenRedirectProtected: true } client)
            return true;
        if (transaction.GetHttpRequest()!.IsInFrame())
            return true;
        if (transaction.SignedIn is not { Session.Id: var sid })
            return false;
        if (transaction.PendingAuthorization?.DeniedIn == sid)
            return true;
        return (await sessions.FindSidsAsync(sid, client.ClientId, context.CancellationToken)).Count > 0;
    }

    /// <summary>
    /// The mode of the response, of an error as well as of a success: one that the request may not have is not used
    /// for saying so, and tokens never go into a query (OAuth 2.0 Multiple Response Type Encoding Practices §5).
    /// </summary>
    private static string ResponseModeOf(OpenIddictServerTransaction transaction)
    {
        var request = transaction.Authorization!;
        var hasTokens = request.HasResponseType(ResponseTypes.Token) || request.HasResponseType(ResponseTypes.IdToken);
        return request.Parameters["response_mode"] switch
        {
            ResponseModes.FormPost => ResponseModes.FormPost,
            ResponseModes.Fragment => ResponseModes.Fragment,
            AuthorizeVocabulary.WebMessage when request.RedirectOrigin is not null => AuthorizeVocabulary.WebMessage,
            _ => hasTokens ? ResponseModes.Fragment : ResponseModes.Query,
        };
    }
}
