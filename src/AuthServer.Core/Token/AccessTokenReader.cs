using AuthServer.Core.Grants;
using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Token;

/// <summary>An access token of ours that is good right now.</summary>
public sealed record ReadAccessToken
{
    public required string Subject { get; init; }
    public required string ClientId { get; init; }
    public required IReadOnlyList<string> Audiences { get; init; }
    public required Scopes Scopes { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>A machine's own token, with no user behind it.</summary>
    public bool IsMachine => Subject == ClientId + "@clients";
}

/// <summary>Reads an access token at this server's own endpoints: the opaque ones in the store, the JWTs by their signature.</summary>
public sealed class AccessTokenReader(Tenant tenant, IAccessTokenStore opaque, IGrantStore grants, ISpentArtefacts spent)
{
    /// <returns>Null when the token is unknown, forged, expired, revoked, or of another kind.</returns>
    public async Task<ReadAccessToken?> ReadAsync(Secret presented, DateTimeOffset now, CancellationToken ct)
    {
        var text = presented.Reveal();
        return text.Contains('.', StringComparison.Ordinal) ? await ReadJwtAsync(text, presented.Hash(), now, ct) : await ReadOpaqueAsync(presented.Hash(), now, ct);
    }

    private async Task<ReadAccessToken?> ReadOpaqueAsync(TokenHash hash, DateTimeOffset now, CancellationToken ct)
    {
        if (await opaque.FindAsync(hash, ct) is not { } token || token.ExpiresAt <= now || token.Grant.RevokedAt is not null)
            return null;
        return new ReadAccessToken
        {
            Subject = token.Grant.UserId,
            ClientId = token.Grant.ClientId,
            Audiences = [tenant.Issuer.UserInfo],
            Scopes = token.Scopes,
            IssuedAt = token.IssuedAt,
            ExpiresAt = token.ExpiresAt,
        };
    }

    private async Task<ReadAccessToken?> ReadJwtAsync(string compact, TokenHash hash, DateTimeOffset now, CancellationToken ct)
    {
        if (Verify(compact, now) is not { } token || await spent.IsSpentAsync(hash, ct))
            return null;
        if (token.IsMachine)
            return token;

        var audience = token.Audiences.FirstOrDefault(name => name != tenant.Issuer.UserInfo);
        return await grants.HasLiveGrantAsync(token.Subject, token.ClientId, audience, token.IssuedAt, ct) ? token : null;
    }

    /// <summary>Signature, issuer, time and kind (RFC 9068 §4). An ID token has neither azp, client_id nor scope, and is refused.</summary>
    private ReadAccessToken? Verify(string compact, DateTimeOffset now)
    {
        if (Jws.Read(compact) is not { Type: "JWT" or "at+jwt" } jws || jws.Verify(tenant.Keys.Find(jws.Kid, jws.Algorithm)) is not { } claims)
            return null;
        if (claims.Text("iss") != tenant.Issuer.Value || !claims.IsCurrent(now) || claims.Text("sub") is not { } subject)
            return null;
        if ((claims.Text("azp") ?? claims.Text("client_id")) is not { } clientId || claims.Time("iat") is not { } issuedAt)
            return null;
        return new ReadAccessToken
        {
            Subject = subject,
            ClientId = clientId,
            Audiences = claims.Audiences(),
            Scopes = Scopes.Stored(claims.Text("scope") ?? ""),
            IssuedAt = issuedAt,
            ExpiresAt = claims.Time("exp")!.Value,
        };
    }
}
