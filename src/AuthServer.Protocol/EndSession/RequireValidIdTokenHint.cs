using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.EndSession;

/// <summary>Rejects a logout request with an invalid <c>id_token_hint</c>; OpenIddict would ignore the hint.</summary>
internal sealed class RequireValidIdTokenHint : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .UseSingletonHandler<RequireValidIdTokenHint>()
        .SetOrder(EvaluateValidatedTokens.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.EndSession)
            context.RejectIdentityToken = true;
        return default;
    }
}
