using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Issuance;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;
using Claims = OpenIddict.Abstractions.OpenIddictConstants.Claims;
using TokenTypeIdentifiers = OpenIddict.Abstractions.OpenIddictConstants.TokenTypeIdentifiers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Writes and signs access tokens and ID tokens in Auth0's dialects: with the tenant's key of the API's algorithm, or
/// an ID token with the client's own secret (OpenID Connect Core §10.1).
/// </summary>
internal sealed class SignToken(ISecretBox box) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<SignToken>()
        .SetOrder(Protection.AttachSecurityCredentials.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.Transaction.Issuance is not { } issuance || issuance.IsStored(context.TokenType))
            return default;
        var tenant = context.Transaction.Tenant;
        context.Token = context.TokenType == TokenTypeIdentifiers.AccessToken
            ? SignAccessToken(tenant, issuance)
            : SignIdToken(tenant, issuance, HashesOf(context));
        return default;
    }

    private static string SignAccessToken(Tenant tenant, TokenIssuance issuance)
    {
        var api = issuance.ResourceServer!;
        return JwtWriter.Sign(tenant.Keys.Current(api.SigningAlgorithm), AccessTokenClaims.TypeFor(api), json =>
        {
            if (issuance.User is { } user)
                AccessTokenClaims.WriteForUser(json, tenant, user, api, issuance.Now);
            else
                AccessTokenClaims.WriteForClient(json, tenant, issuance.ClientToken!, issuance.Now);
        });
    }

    private string SignIdToken(Tenant tenant, TokenIssuance issuance, IdTokenHashes hashes)
    {
        ISigner signer = issuance.Client.IdTokenAlgorithm == Algorithms.Hs256
            ? ClientSecrets.SignerOf(issuance.Client, box)
            : tenant.Keys.Current(Algorithms.Rs256);
        return JwtWriter.Sign(
            signer, "JWT", json => IdTokenClaims.Write(json, tenant, issuance.User!, hashes, issuance.Now));
    }

    /// <summary>The digests that OpenIddict computed; Auth0's token endpoint gives out none.</summary>
    private static IdTokenHashes HashesOf(GenerateTokenContext context) =>
        context.EndpointType == OpenIddictServerEndpointType.Authorization
            ? new IdTokenHashes
            {
                AccessToken = context.Principal.GetClaim(Claims.AccessTokenHash),
                Code = context.Principal.GetClaim(Claims.CodeHash),
            }
            : new IdTokenHashes();
}
