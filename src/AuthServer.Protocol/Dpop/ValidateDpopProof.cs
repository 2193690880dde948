using AuthServer.Core.Dpop;
using AuthServer.Protocol.ClientAuthentication;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Dpop;

/// <summary>
/// Requires a proof of a client that must have one, and marks it as used, before the server reads its code or refresh
/// token. Public clients send a nonce of this server, so that a proof which was made in advance is worthless (RFC 9449
/// §11.2).
/// </summary>
internal sealed class ValidateDpopProof(DpopProofs proofs) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<RequireClientAuthentication>()
        .UseSingletonHandler<ValidateDpopProof>()
        .SetOrder(ValidateClientCertificate.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var (client, proof) = (context.Transaction.Client!, context.Transaction.DpopProof);
        var isToken = context.EndpointType == OpenIddictServerEndpointType.Token;
        var needsNonce = isToken && client.IsPublic;
        var error = (isToken ? DpopProofs.Missing(proof?.Thumbprint, client, api: null) : null)
            ?? await proofs.AdmitAsync(proof, client, needsNonce, context.CancellationToken);
        if (error is not null)
            context.Reject(error);
    }
}
