using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using Claims = OpenIddict.Abstractions.OpenIddictConstants.Claims;
using TokenTypeIdentifiers = OpenIddict.Abstractions.OpenIddictConstants.TokenTypeIdentifiers;

namespace AuthServer.Protocol.IdTokens;

/// <summary>
/// Validates ID tokens by OpenIddict's token validation, for <c>/authorize</c>, <c>/oidc/logout</c> and the Management
/// API. Replaces ValidateIdentityToken, which validates them in requests to one endpoint only.
/// </summary>
internal sealed class IdTokenHintReader(
    IOpenIddictServerFactory factory, IOpenIddictServerDispatcher dispatcher, Tenant tenant, IClientStore clients)
    : IIdTokenHintReader
{
    public async Task<IdTokenHint?> ReadAsync(string token, CancellationToken ct)
    {
        if (UnverifiedJwt.Parse(token) is not { } jwt)
            return null;
        var transaction = await factory.CreateTransactionAsync();
        transaction.Tenant = tenant;
        transaction.BaseUri = tenant.Issuer.Uri;
        transaction.CancellationToken = ct;
        var validation = new ValidateTokenContext(transaction)
        {
            Token = token,
            ValidTokenTypes = { TokenTypeIdentifiers.IdentityToken },
            DisableLifetimeValidation = true,
        };
        await dispatcher.DispatchAsync(validation);
        if (validation.IsRejected || validation.Principal is not { } principal)
            return null;
        if (principal.GetAudiences() is not [var clientId] || principal.GetClaim(Claims.Subject) is not { } subject)
            return null;
        if (await clients.FindAsync(clientId, ct) is not { } client || principal.GetExpirationDate() is not { } expires)
            return null;
        return new IdTokenHint(client, subject, principal.GetClaim("sid"), principal.GetCreationDate(), expires)
        {
            IsSignedByClient = jwt.Algorithm == Algorithms.Hs256,
        };
    }
}
