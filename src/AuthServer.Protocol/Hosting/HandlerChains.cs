using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>The handlers of each event with their filters, in order; made once for each instance of the options.</summary>
internal sealed class HandlerChains(IServiceProvider root)
{
    private readonly ConditionalWeakTable<OpenIddictServerOptions, ConcurrentDictionary<Type, object>> chains = [];

    public HandlerLink<TContext>[] Of<TContext>(OpenIddictServerOptions options)
        where TContext : BaseContext =>
        (HandlerLink<TContext>[])chains.GetOrCreateValue(options).GetOrAdd(
            typeof(TContext),
            static (type, made) => made.options.Handlers
                .Where(descriptor => descriptor.ContextType == type)
                .Select(descriptor => new HandlerLink<TContext>(descriptor, made.root))
                .ToArray(),
            (options, root));
}

/// <summary>A handler with its filters. Filters and handlers that are singletons are resolved once.</summary>
internal sealed class HandlerLink<TContext>(OpenIddictServerHandlerDescriptor descriptor, IServiceProvider root)
    where TContext : BaseContext
{
    private readonly IOpenIddictServerHandlerFilter<TContext>[] filters =
        [.. descriptor.FilterTypes.Select(type => (IOpenIddictServerHandlerFilter<TContext>)root.GetRequiredService(type))];

    private readonly IOpenIddictServerHandler<TContext>? shared = descriptor.ServiceDescriptor switch
    {
        { ImplementationInstance: IOpenIddictServerHandler<TContext> instance } => instance,
        { Lifetime: ServiceLifetime.Singleton, ServiceType: var type } => (IOpenIddictServerHandler<TContext>)root.GetRequiredService(type),
        _ => null,
    };

    public async ValueTask<bool> IsActiveAsync(TContext context)
    {
        foreach (var filter in filters)
        {
            if (!await filter.IsActiveAsync(context))
                return false;
        }

        return true;
    }

    public IOpenIddictServerHandler<TContext> Resolve(IServiceProvider scope) =>
        shared ?? (IOpenIddictServerHandler<TContext>)scope.GetRequiredService(descriptor.ServiceDescriptor.ServiceType);
}
