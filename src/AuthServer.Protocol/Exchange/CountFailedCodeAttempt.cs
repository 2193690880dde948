using AuthServer.Core.Authorizations;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Counts a wrong attempt of the client at its code, which becomes invalid after
/// <see cref="AuthorizationCodes.MaxFailures"/>.
/// </summary>
internal sealed class CountFailedCodeAttempt(IIssuanceStore store) : IOpenIddictServerHandler<ProcessErrorContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessErrorContext>()
        .UseSingletonHandler<CountFailedCodeAttempt>()
        .SetOrder(OpenIddictServerHandlers.AttachErrorParameters.Descriptor.Order - 400)
        .Build();

    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        if (context.Transaction is { IsCodeAttempt: true, PresentedToken: { } code })
            await store.CountFailureAsync(code, context.CancellationToken);
    }
}
