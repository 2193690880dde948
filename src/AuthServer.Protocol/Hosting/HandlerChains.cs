using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// The handlers of each event with their filters, in order; made once for each instance of the options.
/// </summary>
internal sealed class HandlerChains(IServiceProvider root)
{
    private readonly ConditionalWeakTable<OpenIddictServerOptions, ConcurrentDictionary<Type, object>> chains = [];

    public HandlerLink<TContext>[] Of<TContext>(OpenIddictServerOptions options)
        where TContext : BaseContext =>
        (HandlerLink<TContext>[])chains.GetOrCreateValue(options).GetOrAdd(
            typeof(TContext), static (_, made) => Make<TContext>(made.options, made.root), (options, root));

    private static HandlerLink<TContext>[] Make<TContext>(OpenIddictServerOptions options, IServiceProvider root)
        where TContext : BaseContext =>
        [.. options.Handlers
            .Where(handler => handler.ContextType == typeof(TContext))
            .Where(handler => handler.FilterTypes.All(filter => OptionFilters.Answer(filter, options) != false))
            .Select(handler => new HandlerLink<TContext>(
                handler, handler.FilterTypes.Where(filter => OptionFilters.Answer(filter, options) is null), root))];
}

/// <summary>A handler with its filters. Filters and handlers that are singletons are resolved once.</summary>
internal sealed class HandlerLink<TContext>(
    OpenIddictServerHandlerDescriptor descriptor, IEnumerable<Type> filterTypes, IServiceProvider root)
    where TContext : BaseContext
{
    private readonly IOpenIddictServerHandlerFilter<TContext>[] filters =
        [.. filterTypes.Select(type => (IOpenIddictServerHandlerFilter<TContext>)root.GetRequiredService(type))];

    private readonly IOpenIddictServerHandler<TContext>? shared = descriptor.ServiceDescriptor switch
    {
        { ImplementationInstance: IOpenIddictServerHandler<TContext> instance } => instance,
        { Lifetime: ServiceLifetime.Singleton, ServiceType: var type } =>
            (IOpenIddictServerHandler<TContext>)root.GetRequiredService(type),
        _ => null,
    };

    public ValueTask<bool> IsActiveAsync(TContext context)
    {
        for (var i = 0; i < filters.Length; i++)
        {
            var active = filters[i].IsActiveAsync(context);
            if (!active.IsCompletedSuccessfully)
                return RestAreActiveAsync(active, context, i + 1);
            if (!active.Result)
                return new(false);
        }

        return new(true);
    }

    public IOpenIddictServerHandler<TContext> Resolve(IServiceProvider scope) =>
        shared
        ?? (IOpenIddictServerHandler<TContext>)scope.GetRequiredService(descriptor.ServiceDescriptor.ServiceType);

    private async ValueTask<bool> RestAreActiveAsync(ValueTask<bool> first, TContext context, int next)
    {
        if (!await first)
            return false;
        foreach (var filter in filters.Skip(next))
        {
            if (!await filter.IsActiveAsync(context))
                return false;
        }

        return true;
    }
}
