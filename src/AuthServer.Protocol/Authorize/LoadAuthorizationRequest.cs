using AuthServer.Core.Authorize;
using AuthServer.Core.Sessions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Loads what the rules of an authorization request read: client, API, connections, organization, hint, session.
/// </summary>
internal sealed class LoadAuthorizationRequest<TContext>(AuthorizeHandler handler, ICurrentSession session)
    : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseScopedHandler<LoadAuthorizationRequest<TContext>>()
        .SetOrder(ValidateRegisteredRedirectUri<TContext>.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        var (transaction, ct) = (context.Transaction, context.CancellationToken);
        var pending = transaction.PendingAuthorization!;
        if (context.EndpointType == OpenIddictServerEndpointType.Authorization)
        {
            transaction.SignedIn = await session.FindAsync(ct);
            pending = transaction.PendingAuthorization = pending.SeenBy(transaction.SignedIn);
        }

        var opened = transaction.PushedRequest
            ?? new OpenedRequest(transaction.Parameters, pending.IsSigned, Pushed: null);
        transaction.Authorization = await handler.LoadAsync(opened, pending, ct);
    }
}
