using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// The handlers of each event with their filters, in order; made once for each instance of the options.
/// </summary>
/// <remarks>
/// OpenIddict registers its own handlers as scoped, because its managers reach a database context. None of them has
/// state, and <see cref="RequestDbContext"/> finds the context of the request: one instance serves all requests. They
/// live in a scope of their own. A handler of this server that is scoped is resolved for each request.
/// </remarks>
internal sealed class HandlerChains(IServiceScopeFactory scopes, IHttpContextAccessor accessor) : IDisposable
{
    private readonly IServiceScope scope = scopes.CreateScope();
    private OfOptions current = new(new OpenIddictServerOptions());
    private OfOptions former = new(new OpenIddictServerOptions());

    public HandlerLink<TContext>[] Of<TContext>(OpenIddictServerOptions options)
        where TContext : BaseContext =>
        (HandlerLink<TContext>[])Find(options).ByContext.GetOrAdd(
            typeof(TContext), static (_, made) => made.self.Make<TContext>(made.options), (self: this, options));

    public void Dispose() => scope.Dispose();

    /// <summary>The options change when keys do; requests that began before have the former ones for a while.</summary>
    private OfOptions Find(OpenIddictServerOptions options)
    {
        var (newest, older) = (current, former);
        if (ReferenceEquals(newest.Options, options))
            return newest;
        if (ReferenceEquals(older.Options, options))
            return older;
        var made = new OfOptions(options);
        (current, former) = (made, newest);
        return made;
    }

    private HandlerLink<TContext>[] Make<TContext>(OpenIddictServerOptions options)
        where TContext : BaseContext =>
        [.. options.Handlers
            .Where(handler => handler.ContextType == typeof(TContext))
            .Where(handler => handler.FilterTypes.All(filter => OptionFilters.Answer(filter, options) != false))
            .Select(handler => new HandlerLink<TContext>(
                handler,
                handler.FilterTypes
                    .Where(filter => OptionFilters.Answer(filter, options) is null)
                    .Where(filter => !EndpointFilters.Contains(filter)),
                scope.ServiceProvider,
                accessor))];

    private sealed class OfOptions(OpenIddictServerOptions options)
    {
        public OpenIddictServerOptions Options { get; } = options;

        public ConcurrentDictionary<Type, object> ByContext { get; } = new();
    }
}

/// <summary>A handler with its filters, which are resolved once; so is the handler unless it is scoped.</summary>
internal sealed class HandlerLink<TContext>(
    OpenIddictServerHandlerDescriptor descriptor,
    IEnumerable<Type> filterTypes,
    IServiceProvider services,
    IHttpContextAccessor accessor)
    where TContext : BaseContext
{
    private readonly IOpenIddictServerHandlerFilter<TContext>[] filters =
        [.. filterTypes.Select(type => (IOpenIddictServerHandlerFilter<TContext>)services.GetRequiredService(type))];

    private readonly IOpenIddictServerHandler<TContext>? shared = IsShared(descriptor)
        ? (IOpenIddictServerHandler<TContext>)(descriptor.ServiceDescriptor.ImplementationInstance
            ?? services.GetRequiredService(descriptor.ServiceDescriptor.ServiceType))
        : null;

    /// <summary>The endpoints that it runs at, as <see cref="EndpointFilters"/> has them.</summary>
    public uint Endpoints { get; } = EndpointFilters.EndpointsOf(descriptor.FilterTypes);

    private IOpenIddictServerHandler<TContext> Handler =>
        shared
        ?? (IOpenIddictServerHandler<TContext>)accessor.HttpContext!.RequestServices
            .GetRequiredService(descriptor.ServiceDescriptor.ServiceType);

    /// <summary>Runs the handler if all of its filters let it.</summary>
    public ValueTask HandleAsync(TContext context)
    {
        for (var i = 0; i < filters.Length; i++)
        {
            var active = filters[i].IsActiveAsync(context);
            if (!active.IsCompletedSuccessfully)
                return HandleAsync(active, context, i + 1);
            if (!active.Result)
                return default;
        }

        return Handler.HandleAsync(context);
    }

    private static bool IsShared(OpenIddictServerHandlerDescriptor descriptor) =>
        descriptor.Type == OpenIddictServerHandlerType.BuiltIn
        || descriptor.ServiceDescriptor.Lifetime == ServiceLifetime.Singleton;

    private async ValueTask HandleAsync(ValueTask<bool> first, TContext context, int next)
    {
        if (!await first)
            return;
        foreach (var filter in filters.Skip(next))
        {
            if (!await filter.IsActiveAsync(context))
                return;
        }

        await Handler.HandleAsync(context);
    }
}
