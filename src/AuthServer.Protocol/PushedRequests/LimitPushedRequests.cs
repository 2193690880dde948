using AuthServer.Core;
using AuthServer.Core.Clients;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>Anyone can push as an unvetted client: such requests are stored up to a limit.</summary>
internal sealed class LimitPushedRequests(IUnvettedClientLimits limits)
    : IOpenIddictServerHandler<HandlePushedAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandlePushedAuthorizationRequestContext>()
        .UseSingletonHandler<LimitPushedRequests>()
        .SetOrder(AttachPushedRequestLifetime.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(HandlePushedAuthorizationRequestContext context)
    {
        if (!limits.TryPush(context.Transaction.Client!))
            context.Reject(OAuthError.TooManyRequests("Too many pushed requests. Try again later."));
        return default;
    }
}
