using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Creates a code, a refresh token or an opaque access token: a random value, and a row by its hash. Replaces
/// CreateTokenEntry and AttachTokenPayload: such a token is its row, and has no payload that would be encrypted, stored
/// and parsed; it is written with all others of the response by <see cref="CommitIssuance"/>.
/// </summary>
internal sealed class CreateStoredToken : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<CreateStoredToken>()
        .SetOrder(Protection.CreateTokenEntry.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.Transaction.Issuance is not { User: not null } issuance || !issuance.IsStored(context.TokenType))
            return default;
        var value = OpaqueToken.Create();
        context.Transaction.NewTokens.Add(RowOf(value, context.TokenType, issuance));
        context.Token = value.Reveal();
        return default;
    }

    private static Token RowOf(Secret value, string type, TokenIssuance issuance)
    {
        var authorization = issuance.User!.Authorization;
        var row = new Token
        {
            Id = Guid.CreateVersion7(issuance.Now),
            ReferenceId = value.Hash().ReferenceId,
            Type = type,
            ApplicationId = issuance.Client.Id,
            AuthorizationId = authorization.Id,
            Subject = authorization.Subject,
            CreationDate = issuance.Now.UtcDateTime,
        };
        switch (type)
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
                    .IdleExpiry(issuance.Now, authorization.ExpiresAt).UtcDateTime;
                break;
            case TokenTypeIdentifiers.Private.AuthorizationCode when issuance.CodeBinding is { } binding:
                (row.RedirectUri, row.CodeChallenge, row.Nonce, row.KeyThumbprint) = binding;
                row.ExpirationDate = (issuance.Now + AuthorizationCodes.Lifetime).UtcDateTime;
                break;
        }

        return row;
    }
}
