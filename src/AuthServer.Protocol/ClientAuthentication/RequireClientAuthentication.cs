using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.ClientAuthentication;

/// <summary>Limits a handler to the endpoints where clients authenticate.</summary>
internal sealed class RequireClientAuthentication : IOpenIddictServerHandlerFilter<ProcessAuthenticationContext>
{
    public ValueTask<bool> IsActiveAsync(ProcessAuthenticationContext context) => new(Applies(context.EndpointType));

    public static bool Applies(OpenIddictServerEndpointType endpoint) => endpoint
        is OpenIddictServerEndpointType.Token
        or OpenIddictServerEndpointType.PushedAuthorization
        or OpenIddictServerEndpointType.Introspection
        or OpenIddictServerEndpointType.Revocation;
}
