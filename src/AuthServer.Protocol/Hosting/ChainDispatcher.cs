using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Dispatches an event to the chain of its handlers. Replaces OpenIddictServerDispatcher, which for each of about ten
/// events of a request reads all 400 descriptors and resolves every filter from the container.
/// </summary>
internal sealed class ChainDispatcher(IServiceProvider scope, HandlerChains chains) : IOpenIddictServerDispatcher
{
    public async ValueTask DispatchAsync<TContext>(TContext context)
        where TContext : BaseContext
    {
        foreach (var link in chains.Of<TContext>(context.Options))
        {
            if (!await link.IsActiveAsync(context))
                continue;
            await link.Resolve(scope).HandleAsync(context);
            if (IsOver(context))
                return;
        }
    }

    private static bool IsOver(BaseContext context) => context
        is BaseRequestContext { IsRequestHandled: true }
        or BaseRequestContext { IsRequestSkipped: true }
        or BaseValidatingContext { IsRejected: true };
}
