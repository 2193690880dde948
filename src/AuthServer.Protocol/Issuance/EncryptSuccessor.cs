using AuthServer.Core;
using AuthServer.Core.Authorizations;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>Stores the successor of a rotated refresh token under a key derived from the rotated one's value.</summary>
internal sealed class EncryptSuccessor : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireRefreshTokenGenerated>()
        .UseSingletonHandler<EncryptSuccessor>()
        .SetOrder(GenerateRefreshToken.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.Transaction.PresentedToken is not { Type: TokenTypeIdentifiers.RefreshToken } rotated)
            return default;
        rotated.SuccessorId = context.Transaction.NewTokens
            .Single(token => token.Type == TokenTypeIdentifiers.RefreshToken).Id;
        rotated.EncryptedSuccessor =
            SuccessorEncryption.Encrypt(new Secret(context.Request.RefreshToken!), new Secret(context.RefreshToken!));
        return default;
    }
}
