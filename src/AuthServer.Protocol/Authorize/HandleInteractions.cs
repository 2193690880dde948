using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Protocol.Issuance;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Redirects to the page of the next interaction, or issues the response. The pending request is not stored: the
/// encrypted <c>state</c> of the pages contains it.
/// </summary>
internal sealed class HandleInteractions(
    AuthorizeHandler handler,
    AuthorizationIssuance issuance,
    PendingAuthorizationProtector protector,
    PendingRedirect redirect)
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
                (transaction.Issuance, context.Principal) = (issued, TokenIssuance.NewPrincipal());
                break;
            case AuthorizeOutcome.Interact(var interaction, var pending):
                Result<string> PageOf(PendingAuthorization waiting) =>
                    $"{InteractionPaths.Of(interaction)}?state={protector.Seal(waiting)}";
                if (await redirect.SendAsync(context, pending, PageOf, ct) is { } gone)
                    context.Reject(gone);
                break;
        }
    }
}
