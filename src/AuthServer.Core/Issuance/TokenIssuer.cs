using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Jose;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Algorithms = AuthServer.Core.Jose.Algorithms;

namespace AuthServer.Core.Issuance;

/// <summary>What to issue to a client on a user's behalf.</summary>
public sealed record UserTokenDescriptor(
    Client Client, AuthorizationSubject Subject, Authorization Authorization, Scopes Scopes)
{
    /// <summary>For the access token's <c>gty</c>; null for a code.</summary>
    public string? GrantType { get; init; }
    public string? Nonce { get; init; }
    public Secret? RefreshToken { get; init; }

    /// <summary>The thumbprint of the key that the access token is bound to; null for a bearer token.</summary>
    public string? BoundTo { get; init; }

    /// <summary>The access token goes through a browser's address bar, and lives as long as the API says for that.</summary>
    public bool ForWeb { get; init; }

    /// <summary>Seconds that an access token of these lives.</summary>
    public int AccessTokenLifetime => Subject.Api switch
    {
        null => ResourceServerDefaults.UserInfoTokenLifetime,
        var api => ForWeb ? api.TokenLifetimeForWeb : api.TokenLifetime,
    };
}

/// <summary>What to issue to a client in its own name.</summary>
/// <param name="Client">Whose name it is.</param>
/// <param name="Api">The audience.</param>
/// <param name="Scopes">What is granted.</param>
/// <param name="Organization">In which; null for none.</param>
/// <param name="BoundTo">The thumbprint of the key that the token is bound to; null for a bearer token.</param>
public sealed record ClientTokenDescriptor(
    Client Client, ResourceServer Api, Scopes Scopes, Organization? Organization, string? BoundTo);

/// <summary>Makes tokens: claims, then a signature. Writes nothing.</summary>
public sealed class TokenIssuer(Tenant tenant, ISecretBox box)
{
    /// <summary>What the token endpoint answers: an access token, and an ID token when <c>openid</c> was granted.</summary>
    public IssuedTokens IssueForUser(UserTokenDescriptor wanted, DateTimeOffset now) =>
        IssueAccessToken(wanted, now) with
        {
            IdToken = wanted.Scopes.Contains("openid") ? IssueIdToken(wanted, new IdTokenHashes(), now) : null,
            RefreshToken = wanted.RefreshToken,
        };

    /// <summary>A JWT for an API; without one an opaque token for <c>/userinfo</c> (mission decision 9).</summary>
    public IssuedTokens IssueAccessToken(UserTokenDescriptor wanted, DateTimeOffset now)
    {
        if (wanted.Subject.Api is { } api)
        {
            return new IssuedTokens
            {
                Holder = new TokenHolder(wanted.Client, api, wanted.Subject.Organization, wanted.Subject.User),
                AccessToken = new Secret(JwtWriter.Sign(tenant.Keys.Current(api.SigningAlgorithm), AccessTokenClaims.TypeFor(api), json => AccessTokenClaims.WriteForUser(json, tenant, wanted, api, now))),
                ExpiresIn = wanted.AccessTokenLifetime,
                Scopes = wanted.Scopes,
                IsBound = wanted.BoundTo is not null,
            };
        }

        var opaque = OpaqueToken.Create();
        return new IssuedTokens
        {
            Holder = new TokenHolder(wanted.Client, null, wanted.Subject.Organization, wanted.Subject.User),
            AccessToken = opaque,
            Stored = StoredOf(opaque, wanted, now),
            ExpiresIn = wanted.AccessTokenLifetime,
            Scopes = wanted.Scopes,
            IsBound = wanted.BoundTo is not null,
        };
    }

    private static Token StoredOf(Secret opaque, UserTokenDescriptor wanted, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Type = TokenTypeIdentifiers.AccessToken,
        ReferenceId = opaque.Hash().ReferenceId,
        ApplicationId = wanted.Authorization.ApplicationId,
        AuthorizationId = wanted.Authorization.Id,
        Subject = wanted.Authorization.Subject,
        GrantedScopes = wanted.Scopes,
        KeyThumbprint = wanted.BoundTo,
        CreationDate = now.UtcDateTime,
        ExpirationDate = now.AddSeconds(wanted.AccessTokenLifetime).UtcDateTime,
    };

    /// <summary>Signed as the client's record says: with the tenant's key, or with the client's own secret (OpenID Connect Core §10.1).</summary>
    public Secret IssueIdToken(UserTokenDescriptor wanted, IdTokenHashes hashes, DateTimeOffset now)
    {
        ISigner signer = wanted.Client.IdTokenAlgorithm == Algorithms.Hs256 ? ClientSecrets.SignerOf(wanted.Client, box) : tenant.Keys.Current(Algorithms.Rs256);
        return new Secret(JwtWriter.Sign(signer, "JWT", json => IdTokenClaims.Write(json, tenant, wanted, hashes, now)));
    }

    public IssuedTokens IssueForClient(ClientTokenDescriptor wanted, DateTimeOffset now) => new()
    {
        Holder = new TokenHolder(wanted.Client, wanted.Api, wanted.Organization, null),
        AccessToken = new Secret(JwtWriter.Sign(tenant.Keys.Current(wanted.Api.SigningAlgorithm), AccessTokenClaims.TypeFor(wanted.Api), json => AccessTokenClaims.WriteForClient(json, tenant, wanted, now))),
        ExpiresIn = wanted.Api.TokenLifetime,
        Scopes = wanted.Scopes,
        IsBound = wanted.BoundTo is not null,
    };
}
