using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Dispatches an event to the chain of its handlers. Replaces OpenIddictServerDispatcher, which for each of about ten
/// events of a request reads all 400 descriptors and resolves every filter and handler from the container.
/// </summary>
internal sealed class ChainDispatcher(HandlerChains chains) : IOpenIddictServerDispatcher
{
    public ValueTask DispatchAsync<TContext>(TContext context)
        where TContext : BaseContext =>
        DispatchAsync(context, chains.Of<TContext>(context.Options), 0);

    /// <summary>Is a state machine only from the first handler on that has to wait.</summary>
    private static ValueTask DispatchAsync<TContext>(TContext context, HandlerLink<TContext>[] chain, int next)
        where TContext : BaseContext
    {
        var (request, validation) = (context as BaseRequestContext, context as BaseValidatingContext);
        for (var i = next; i < chain.Length; i++)
        {
            var link = chain[i];
            if (!EndpointFilters.Has(link.Endpoints, context.EndpointType))
                continue;
            var handled = link.HandleAsync(context);
            if (!handled.IsCompletedSuccessfully)
                return ContinueAsync(handled, context, chain, i + 1);
            if (IsOver(request, validation))
                break;
        }

        return default;
    }

    private static async ValueTask ContinueAsync<TContext>(
        ValueTask pending, TContext context, HandlerLink<TContext>[] chain, int next)
        where TContext : BaseContext
    {
        await pending;
        if (!IsOver(context as BaseRequestContext, context as BaseValidatingContext))
            await DispatchAsync(context, chain, next);
    }

    private static bool IsOver(BaseRequestContext? request, BaseValidatingContext? validation) =>
        request is { IsRequestHandled: true } or { IsRequestSkipped: true } || validation is { IsRejected: true };
}
