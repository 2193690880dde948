using AuthServer.Core.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.ClientAuthentication;

/// <summary>Counts failures only: a client that knows its credentials is never slowed down.</summary>
internal sealed class CountFailedClientAuthentication(IClientAttempts attempts)
    : IOpenIddictServerHandler<ProcessErrorContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessErrorContext>()
        .UseSingletonHandler<CountFailedClientAuthentication>()
        .SetOrder(OpenIddictServerHandlers.AttachErrorParameters.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(ProcessErrorContext context)
    {
        if (RequireClientAuthentication.Applies(context.EndpointType)
            && context.Error is OpenIddictConstants.Errors.InvalidClient
            && context.Transaction.ClaimedClientId is { } claimed)
        {
            attempts.CountFailure(claimed);
        }

        return default;
    }
}
