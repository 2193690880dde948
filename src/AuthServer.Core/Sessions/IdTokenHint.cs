using AuthServer.Core.Clients;
using AuthServer.Core.Jose;
using AuthServer.Core.Jwt;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Sessions;

/// <summary>An ID token that comes back as a hint (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2): ours, and possibly expired.</summary>
public sealed record IdTokenHint(string Subject, string ClientId, string? SessionId, Client? Client)
{
    /// <summary>Whether it is about this user, by the name under which its client knows them.</summary>
    public bool Speaks(User user, Tenant tenant) => Subject == (Client is null ? user.UserId : SubjectIdentifier.Of(Client, user.UserId, tenant));
}

/// <summary>Reads hints.</summary>
public sealed class IdTokenHints(Tenant tenant, IClientStore clients, ISecretBox box)
{
    /// <returns>Null for anything that is not an ID token which this issuer signed with a key that it still publishes, or with its client's secret.</returns>
    public async Task<IdTokenHint?> ReadAsync(string token, CancellationToken ct)
    {
        if (UnverifiedJwt.Parse(token) is not { Type: "JWT" } jwt || jwt.Payload.Text("aud") is not { } clientId)
            return null;
        var client = await clients.FindAsync(clientId, ct);
        if (await VerifyAsync(jwt, client) is not { } claims)
            return null;
        if (claims.Text("iss") != tenant.Issuer.Value || claims.Text("sub") is not { } subject)
            return null;

        // An access token is signed by the same key: its audience may be one string too, but it has a scope or an azp. A signed userinfo answer has no end.
        return claims.Has("azp") || claims.Has("scope") || claims.Has("gty") || claims.Time("exp") is null
            ? null
            : new IdTokenHint(subject, clientId, claims.Text("sid"), client);
    }

    /// <summary>HS256 only where the client's record says so: a header never chooses a secret for a key (RFC 8725 §2.1).</summary>
    private Task<JwtPayload?> VerifyAsync(UnverifiedJwt jwt, Client? client) => JwtVerifier.VerifyAsync(
        jwt,
        client is { IdTokenAlgorithm: Algorithms.Hs256, HasSecret: true } && jwt.Algorithm == Algorithms.Hs256
            ? ClientSecrets.VerificationKeyOf(client, box)
            : tenant.Keys.Find(jwt.KeyId, jwt.Algorithm));
}
