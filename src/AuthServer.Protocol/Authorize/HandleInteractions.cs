using AuthServer.Core.Authorize;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Redirects to the page of the next interaction, or issues the response. The pending request is not stored: the
/// encrypted <c>state</c> of the pages contains it.
/// </summary>
internal sealed class HandleInteractions(
    AuthorizeHandler handler,
    AuthorizationRequests requests,
    AuthorizationIssuance issuance,
    PendingAuthorizationProtector protector)
    : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleAuthorizationRequestContext>()
        .UseScopedHandler<HandleInteractions>()
        .SetOrder(0)
        .Build();

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var (transaction, ct) = (context.Transaction, context.CancellationToken);
        var now = context.Options.TimeProvider.GetUtcNow();
        var outcome = await handler.DecideAsync(
            transaction.Authorization!, transaction.PendingAuthorization!, transaction.SignedIn, now, ct);
        switch (outcome)
        {
            case AuthorizeOutcome.Reject(var error):
                context.Reject(error);
                break;
            case AuthorizeOutcome.Approve(var request, var signedIn):
                var issued = await issuance.CreateAsync(request, signedIn, now, ct);
                (transaction.Issuance, context.Principal) = (issued, issued.ToPrincipal());
                break;
            case AuthorizeOutcome.Interact(var interaction, var pending):
                await RedirectAsync(context, interaction, pending);
                break;
        }
    }

    private async ValueTask RedirectAsync(
        HandleAuthorizationRequestContext context, Interaction interaction, PendingAuthorization pending)
    {
        var transaction = context.Transaction;
        var suspended = await requests.SuspendAsync(pending, transaction.PushedRequest, context.CancellationToken);
        if (!suspended.Succeeded(out var waiting, out var gone))
        {
            context.Reject(gone);
            return;
        }

        var response = transaction.GetHttpRequest()!.HttpContext.Response;
        response.SetOpenerPolicy(transaction.Parameters);
        response.RedirectTo($"{InteractionPaths.Of(interaction)}?state={protector.Seal(waiting)}");
        context.HandleRequest();
    }
}
