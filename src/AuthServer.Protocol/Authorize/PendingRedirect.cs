using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>Redirects the browser to where the pending request goes on.</summary>
internal sealed class PendingRedirect(AuthorizationRequests requests)
{
    /// <returns>Why the request can't wait; null when the response is the redirect.</returns>
    public async ValueTask<OAuthError?> SendAsync(
        BaseValidatingContext context,
        PendingAuthorization pending,
        Func<PendingAuthorization, Result<string>> page,
        CancellationToken ct)
    {
        var transaction = context.Transaction;
        var suspended = await requests.SuspendAsync(pending, transaction.PushedRequest, ct);
        if (!suspended.Succeeded(out var waiting, out var gone))
            return gone;
        if (!page(waiting).Succeeded(out var url, out var refused))
            return refused;
        var response = transaction.GetHttpRequest()!.HttpContext.Response;
        response.SetOpenerPolicy(transaction.Parameters);
        response.RedirectTo(url);
        context.HandleRequest();
        return null;
    }
}
