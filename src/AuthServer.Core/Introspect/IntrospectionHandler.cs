using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Users;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Introspect;

/// <summary>What RFC 7662 §2.2 says of a token; null members are left out.</summary>
public sealed record Introspection
{
    public static Introspection Inactive { get; } = new();

    public bool Active { get; private init; }
    public string? Subject { get; private init; }
    public string? ClientId { get; private init; }
    public IReadOnlyList<string> Audiences { get; private init; } = [];
    public Scopes Scopes { get; private init; } = Scopes.None;
    public DateTimeOffset? IssuedAt { get; private init; }
    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>Auth0's <c>org_id</c>.</summary>
    public string? OrganizationId { get; private init; }

    /// <summary>The thumbprint of the key that the token is bound to (RFC 9449 §6.2).</summary>
    public string? BoundTo { get; private init; }

    /// <summary>Bearer or DPoP for an access token; null for a refresh token.</summary>
    public string? TokenType { get; private init; }

    public static Introspection Of(ReadAccessToken token) => new()
    {
        Active = true,
        Subject = token.Subject,
        ClientId = token.ClientId,
        Audiences = token.Audiences,
        OrganizationId = token.OrganizationId,
        Scopes = token.Scopes,
        IssuedAt = token.IssuedAt,
        ExpiresAt = token.ExpiresAt,
        BoundTo = token.BoundTo,
        TokenType = token.BoundTo is null ? "Bearer" : "DPoP",
    };

    public static Introspection Of(Token refreshToken, Authorization authorization) => new()
    {
        Active = true,
        Subject = authorization.Subject,
        ClientId = authorization.ClientId,
        OrganizationId = authorization.OrganizationId,
        Scopes = authorization.GrantedScopes,
        BoundTo = refreshToken.KeyThumbprint,
        IssuedAt = refreshToken.CreatedAt,
        ExpiresAt = refreshToken.ExpiresAt == DateTimeOffset.MaxValue ? null : refreshToken.ExpiresAt,
    };
}

/// <summary>
/// Tells a confidential client about a token: one of its own, or an access token for an API that it has a client grant for. Everything
/// else is inactive, without a reason (CVE-2026-55672).
/// </summary>
public sealed class IntrospectionHandler(
    ClientAuthenticator clients,
    IClientStore clientStore,
    AccessTokens accessTokens,
    IStoredTokens tokens,
    IUserStore users)
{
    public async Task<Result<Introspection>> HandleAsync(ClientRequest request, CancellationToken ct)
    {
        var authenticated = await clients.AuthenticateAsync(request, ct);
        if (!authenticated.Succeeded(out var client, out var refused))
            return refused;
        if (client.IsPublic)
            return OAuthError.InvalidClient("Introspection needs client authentication");
        if (!request.Parameters.TryGet("token", out var text))
            return OAuthError.InvalidRequest("Missing required parameter: token");

        var presented = new Secret(text);
        if (await accessTokens.ReadAsync(presented, request.Now, ct) is { } accessToken)
            return await MaySeeAsync(client, accessToken, ct) ? Introspection.Of(accessToken) : Introspection.Inactive;
        var refreshToken = await tokens.FindAsync(presented.Hash(), TokenTypeIdentifiers.RefreshToken, ct);
        return refreshToken?.Authorization is { } authorization
            && authorization.ClientId == client.ClientId
            && await IsLiveAsync(refreshToken, authorization, request.Now, ct)
            ? Introspection.Of(refreshToken, authorization)
            : Introspection.Inactive;
    }

    private async Task<bool> MaySeeAsync(Client client, ReadAccessToken token, CancellationToken ct) =>
        token.ClientId == client.ClientId
        || (token.Api is { } api && await clientStore.FindGrantAsync(client.ClientId, api, ct) is not null
            && (!token.IsMachine || await clientStore.FindAsync(token.ClientId, ct) is not null));

    private async Task<bool> IsLiveAsync(
        Token token, Authorization authorization, DateTimeOffset now, CancellationToken ct) =>
        token.IsValid && !token.IsExpired(now) && authorization.IsValid
        && await users.FindAsync(authorization.UserId, ct) is { Blocked: false };
}
