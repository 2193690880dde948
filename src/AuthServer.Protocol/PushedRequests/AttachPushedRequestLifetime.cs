using System.Security.Claims;
using AuthServer.Core.Requests;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>How long the reference can be used: the client's own time, or a minute.</summary>
internal sealed class AttachPushedRequestLifetime : IOpenIddictServerHandler<HandlePushedAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandlePushedAuthorizationRequestContext>()
        .UseSingletonHandler<AttachPushedRequestLifetime>()
        .SetOrder(0)
        .Build();

    public ValueTask HandleAsync(HandlePushedAuthorizationRequestContext context)
    {
        context.Principal = new ClaimsPrincipal(
            new ClaimsIdentity().SetRequestTokenLifetime(PushedRequest.LifetimeOf(context.Transaction.Client!)));
        return default;
    }
}
