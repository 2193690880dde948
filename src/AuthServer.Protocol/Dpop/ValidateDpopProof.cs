using AuthServer.Core.Dpop;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Dpop;

/// <summary>
/// Requires a proof of a client that must have one, and marks it as used. Public clients bring a nonce of this server, so that a proof
/// which was made in advance is worth nothing (RFC 9449 §11.2).
/// </summary>
internal sealed class ValidateDpopProof(DpopProofs proofs) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseScopedHandler<ValidateDpopProof>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantTypePermissions.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var (client, proof) = (context.Transaction.Client!, context.Transaction.DpopProof);
        var error = DpopProofs.Missing(proof?.Thumbprint, client, api: null)
            ?? await proofs.AdmitAsync(proof, needsNonce: client.IsPublic, context.CancellationToken);
        if (error is not null)
            context.Reject(error);
    }
}
