using AuthServer.Core.Tenants;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// RSA first and of each algorithm the current key first, for clients that take a set's first key for its only one. OpenIddict orders
/// certificates by their dates.
/// </summary>
internal sealed class OrderSigningKeys(Tenant tenant) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleJsonWebKeySetRequestContext>()
        .UseScopedHandler<OrderSigningKeys>()
        .SetOrder(OpenIddictServerHandlers.Discovery.AttachSigningKeys.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        var order = tenant.Keys.Published.Select(key => key.Kid).ToList();
        var sorted = context.Keys.OrderBy(key => order.IndexOf(key.Kid)).ToList();
        context.Keys.Clear();
        context.Keys.AddRange(sorted);
        return default;
    }
}
