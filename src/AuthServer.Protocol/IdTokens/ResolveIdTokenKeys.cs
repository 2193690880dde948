using System.Text;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.Protocol.AccessTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using TokenTypeIdentifiers = OpenIddict.Abstractions.OpenIddictConstants.TokenTypeIdentifiers;

namespace AuthServer.Protocol.IdTokens;

/// <summary>
/// An ID token of a client that is registered for HS256 is verified by that client's secret only; the header never
/// chooses a secret as the key (RFC 8725 §2.1).
/// </summary>
internal sealed class ResolveIdTokenKeys(IClientStore clients, ISecretBox box)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<ResolveIdTokenKeys>()
        .SetOrder(RestrictJwt.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.SetEquals([TokenTypeIdentifiers.IdentityToken]))
            return;
        var jwt = UnverifiedJwt.Parse(context.Token);
        if (jwt is not { Algorithm: Algorithms.Hs256 } || jwt.Payload.Text("aud") is not { } clientId)
            return;
        var client = await clients.FindAsync(clientId, context.CancellationToken);
        if (client is not { IdTokenAlgorithm: Algorithms.Hs256 } || ClientSecrets.Reveal(client, box) is not { } secret)
            return;
        var parameters = context.TokenValidationParameters;
        parameters.IssuerSigningKeys = [new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret.Reveal()))];
        parameters.ValidAlgorithms = [Algorithms.Hs256];

        // A client's secret must not stay in a cache of keys.
        parameters.CryptoProviderFactory = JwtVerifier.Uncached;
    }
}
