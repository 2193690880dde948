using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Authorizations;

/// <summary>An access token of ours that is good right now.</summary>
public sealed record ReadAccessToken
{
    /// <summary>The <c>sub</c>, as the client knows it.</summary>
    public required string Subject { get; init; }

    /// <summary>The authorization behind it; null for a client's own token.</summary>
    public Authorization? Authorization { get; init; }
    public required string ClientId { get; init; }
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Stored form of the API that the token is for; null when it is for <c>/userinfo</c> alone.</summary>
    public string? Api { get; init; }

    /// <summary>The organization that it is for; null for none.</summary>
    public string? OrganizationId { get; init; }
    public required Scopes Scopes { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The thumbprint of the key that it is bound to (RFC 9449); null for a bearer token.</summary>
    public string? BoundTo { get; init; }

    /// <summary>A machine's own token, with no user behind it.</summary>
    public bool IsMachine => Subject == ClientId + "@clients";
}

/// <summary>
/// Access tokens at this server's own endpoints: the opaque ones are known by the store, the JWTs by their signature. A JWT names no
/// authorization, so that some live one of its user, client and API has to stand behind it.
/// </summary>
public sealed class AccessTokens(Tenant tenant, IStoredTokens tokens, IStoredAuthorizations authorizations, IReplayCache revoked, IUserStore users)
{
    /// <returns>Null when the token is unknown, forged, expired, revoked or of another kind, or its user is blocked or gone.</returns>
    public async Task<ReadAccessToken?> ReadAsync(Secret presented, DateTimeOffset now, CancellationToken ct)
    {
        var text = presented.Reveal();
        var token = IsJwt(text) ? await ReadJwtAsync(text, presented.Hash(), now, ct) : await ReadOpaqueAsync(presented.Hash(), now, ct);
        return token is null || token.IsMachine || await users.IsActiveAsync(token.Authorization!.UserId, ct) ? token : null;
    }

    /// <summary>Makes a token that was read worthless here. A resource server that only looks at a JWT's signature can't know.</summary>
    public async Task RevokeAsync(Secret presented, ReadAccessToken token, CancellationToken ct)
    {
        if (IsJwt(presented.Reveal()))
            await revoked.TryAddAsync(presented.Hash(), token.ExpiresAt, ct);
        else
            await tokens.RevokeAsync(presented.Hash(), ct);
    }

    private static bool IsJwt(string text) => text.Contains('.', StringComparison.Ordinal);

    private async Task<ReadAccessToken?> ReadOpaqueAsync(TokenHash hash, DateTimeOffset now, CancellationToken ct)
    {
        var token = await tokens.FindAsync(hash, TokenTypeIdentifiers.AccessToken, ct);
        if (token is not { IsValid: true, Authorization: { IsValid: true } authorization } || token.IsExpired(now))
            return null;
        return new ReadAccessToken
        {
            Subject = authorization.Subject,
            Authorization = authorization,
            ClientId = authorization.ClientId,
            Audiences = [tenant.Issuer.UserInfo],
            OrganizationId = authorization.OrganizationId,
            Scopes = token.GrantedScopes ?? Scopes.None,
            BoundTo = token.KeyThumbprint,
            IssuedAt = token.CreatedAt,
            ExpiresAt = token.ExpiresAt,
        };
    }

    private async Task<ReadAccessToken?> ReadJwtAsync(string compact, TokenHash hash, DateTimeOffset now, CancellationToken ct)
    {
        if (Verify(compact, now) is not { } token || await revoked.ContainsAsync(hash, ct))
            return null;
        if (token.IsMachine)
            return token;
        var query = new LiveAuthorizationQuery(token.Subject, token.ClientId, token.Api, token.OrganizationId, token.IssuedAt);
        return await authorizations.FindLiveAsync(query, ct) is { } authorization ? token with { Authorization = authorization } : null;
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
        var audiences = claims.Audiences();
        return new ReadAccessToken
        {
            Subject = subject,
            ClientId = clientId,
            Audiences = audiences,
            Api = audiences.FirstOrDefault(name => name != tenant.Issuer.UserInfo) is { } api ? tenant.Issuer.Stored(api) : null,
            OrganizationId = claims.Text("org_id"),
            Scopes = Scopes.Stored(claims.Text("scope") ?? ""),
            BoundTo = claims.BoundTo(),
            IssuedAt = issuedAt,
            ExpiresAt = claims.Time("exp")!.Value,
        };
    }
}
