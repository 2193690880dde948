using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Which tokens are rows and which are JWTs: an access token without an API is opaque, one for an API is stored
/// nowhere. In OpenIddict that is one choice for the whole server.
/// </summary>
internal sealed class SelectTokenFormat : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<SelectTokenFormat>()
        .SetOrder(int.MinValue + 1000)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        var stored = context.TokenType switch
        {
            TokenTypeIdentifiers.AccessToken => context.Transaction.Issuance?.ResourceServer is null,
            TokenTypeIdentifiers.IdentityToken => false,
            _ => true,
        };
        (context.CreateTokenEntry, context.IsReferenceToken, context.PersistTokenPayload) = (stored, stored, stored);
        return default;
    }
}

/// <summary>Limits a handler to pushed requests, the only tokens with a payload.</summary>
internal sealed class RequireRequestToken : IOpenIddictServerHandlerFilter<GenerateTokenContext>
{
    public ValueTask<bool> IsActiveAsync(GenerateTokenContext context) =>
        new(context.TokenType == TokenTypeIdentifiers.Private.RequestToken);
}
