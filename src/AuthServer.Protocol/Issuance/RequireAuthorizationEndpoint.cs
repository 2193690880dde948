using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>Limits a handler to the authorization endpoint.</summary>
internal sealed class RequireAuthorizationEndpoint : IOpenIddictServerHandlerFilter<ProcessSignInContext>
{
    public ValueTask<bool> IsActiveAsync(ProcessSignInContext context) =>
        new(context.EndpointType == OpenIddictServerEndpointType.Authorization);
}
