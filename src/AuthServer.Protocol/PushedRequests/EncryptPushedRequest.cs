using AuthServer.Core;
using AuthServer.Core.Requests;
using AuthServer.Protocol.Issuance;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>
/// Encrypts the parameters of a pushed request: the payload of its row, which the pages read too. In the place of
/// GenerateIdentityModelToken, which would sign a JWT that only this server reads.
/// </summary>
internal sealed class EncryptPushedRequest(ISecretBox box) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .AddFilter<RequireRequestToken>()
        .UseScopedHandler<EncryptPushedRequest>()
        .SetOrder(Protection.GenerateIdentityModelToken.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        var request = context.Transaction.PendingAuthorization!;
        context.Token = new PushedContent(request.Parameters.All, request.IsSigned).Encrypt(box);
        return default;
    }
}
