using AuthServer.Core.Clients;
using AuthServer.Core.Grants;
using AuthServer.Core.Jose;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Token;

/// <summary>What to issue to a client on a user's behalf.</summary>
public sealed record UserTokens(Client Client, GrantSubject Subject, Grant Grant, Scopes Scopes)
{
    /// <summary>For the access token's <c>gty</c>; null for a code.</summary>
    public string? GrantType { get; init; }
    public string? Nonce { get; init; }
    public Secret? RefreshToken { get; init; }
}

/// <summary>Makes tokens: claims, then a signature. Writes nothing.</summary>
public sealed class TokenIssuer(Tenant tenant)
{
    /// <summary>A JWT for an API; without one an opaque token for <c>/userinfo</c> (mission decision 9). An ID token when <c>openid</c> was granted.</summary>
    public IssuedTokens IssueForUser(UserTokens wanted, DateTimeOffset now)
    {
        var idToken = wanted.Scopes.Contains("openid")
            ? new Secret(JwtWriter.Sign(tenant.Keys.Current, "JWT", json => IdTokenClaims.Write(json, tenant, wanted, now)))
            : null;
        if (wanted.Subject.Api is { } api)
        {
            return new IssuedTokens
            {
                AccessToken = new Secret(JwtWriter.Sign(tenant.Keys.Current, AccessTokenClaims.TypeFor(api), json => AccessTokenClaims.WriteForUser(json, tenant, wanted, api, now))),
                ExpiresIn = api.TokenLifetime,
                Scopes = wanted.Scopes,
                IdToken = idToken,
                RefreshToken = wanted.RefreshToken,
            };
        }

        var opaque = OpaqueToken.Create();
        return new IssuedTokens
        {
            AccessToken = opaque,
            Stored = new AccessToken
            {
                Hash = opaque.Hash().Bytes,
                GrantId = wanted.Grant.Id,
                Scopes = wanted.Scopes,
                IssuedAt = now,
                ExpiresAt = now.AddSeconds(ResourceServerDefaults.UserInfoTokenLifetime),
            },
            ExpiresIn = ResourceServerDefaults.UserInfoTokenLifetime,
            Scopes = wanted.Scopes,
            IdToken = idToken,
            RefreshToken = wanted.RefreshToken,
        };
    }

    public IssuedTokens IssueForClient(Client client, ResourceServer api, Scopes scopes, DateTimeOffset now) => new()
    {
        AccessToken = new Secret(JwtWriter.Sign(tenant.Keys.Current, AccessTokenClaims.TypeFor(api), json => AccessTokenClaims.WriteForClient(json, tenant, client, api, scopes, now))),
        ExpiresIn = api.TokenLifetime,
        Scopes = scopes,
    };
}
