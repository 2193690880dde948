using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Requests;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.PushedRequests;

/// <summary>
/// Creates a pushed request: its reference, and a row by the reference's hash with the encrypted parameters, which the
/// pages read too. Replaces CreateTokenEntry and AttachTokenPayload, as CreateStoredToken does, and
/// GenerateIdentityModelToken, which would sign a JWT that only this server reads.
/// </summary>
internal sealed class CreatePushedRequest(ISecretBox box) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<CreatePushedRequest>()
        .SetOrder(Protection.CreateTokenEntry.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.Private.RequestToken)
            return default;
        var request = context.Transaction.PendingAuthorization!;
        var client = context.Transaction.Client!;
        var now = context.Options.TimeProvider.GetUtcNow();
        var reference = OpaqueToken.Create();
        context.Transaction.NewTokens.Add(new Token
        {
            Id = Guid.CreateVersion7(now),
            ReferenceId = reference.Hash().ReferenceId,
            Type = context.TokenType,
            ApplicationId = client.Id,
            CreationDate = now.UtcDateTime,
            ExpirationDate = (now + PushedRequest.LifetimeOf(client)).UtcDateTime,
            Payload = new PushedContent(request.Parameters.All, request.IsSigned).Encrypt(box),
        });
        context.Token = reference.Reveal();
        return default;
    }
}
