using AuthServer.Core;
using AuthServer.Core.Tenants;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>The tenant may have switched the endpoint off.</summary>
internal sealed class ValidatePushedRequestsSupported(Tenant tenant)
    : IOpenIddictServerHandler<ExtractPushedAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractPushedAuthorizationRequestContext>()
        .UseScopedHandler<ValidatePushedRequestsSupported>()
        .SetOrder(int.MinValue + 1000)
        .Build();

    public ValueTask HandleAsync(ExtractPushedAuthorizationRequestContext context)
    {
        if (!tenant.Settings.PushedAuthorizationRequestsSupported)
            context.Reject(OAuthError.EndpointDisabled("Pushed authorization requests are switched off"));
        return default;
    }
}
