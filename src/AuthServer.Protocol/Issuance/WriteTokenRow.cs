using AuthServer.Core.Authorizations;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Fills the columns of a code, a refresh token and an opaque access token: such a token is its row, and has no payload
/// that would be encrypted, stored and parsed.
/// </summary>
internal sealed class WriteTokenRow(IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireTokenEntryCreated>()
        .UseScopedHandler<WriteTokenRow>()
        .SetOrder(Protection.CreateTokenEntry.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.Transaction.Issuance is not { User: { } user } issuance)
            return;
        var row = (Token)(await tokens.FindByIdAsync(context.Principal.GetTokenId()!, context.CancellationToken))!;
        row.CreationDate = issuance.Now.UtcDateTime;
        switch (context.TokenType)
        {
            case TokenTypeIdentifiers.AccessToken:
                row.GrantedScopes = issuance.Scopes;
                row.KeyThumbprint = issuance.KeyThumbprint;
                row.ExpirationDate = issuance.Now.AddSeconds(issuance.AccessTokenLifetime).UtcDateTime;
                break;
            case TokenTypeIdentifiers.RefreshToken:
                // A confidential client's is bound to its authentication already (RFC 9449 §5).
                row.KeyThumbprint = issuance.Client.IsPublic ? issuance.KeyThumbprint : null;
                row.ExpirationDate = issuance.Client.RefreshTokens
                    .IdleExpiry(issuance.Now, user.Authorization.ExpiresAt).UtcDateTime;
                break;
            case TokenTypeIdentifiers.Private.AuthorizationCode when issuance.CodeBinding is { } binding:
                (row.RedirectUri, row.CodeChallenge, row.Nonce, row.KeyThumbprint) = binding;
                row.ExpirationDate = (issuance.Now + AuthorizationCodes.Lifetime).UtcDateTime;
                break;
        }
    }
}
