using AuthServer.Core.Clients;
using AuthServer.Core.Grants;
using AuthServer.Core.Logs;

namespace AuthServer.Core.Revoke;

/// <summary>
/// RFC 7009. A refresh token takes its whole grant along; an access token goes alone. A token that is unknown, or another client's,
/// is answered like one that was revoked, and left as it is.
/// </summary>
public sealed class RevocationHandler(ClientAuthenticator clients, IRefreshTokenStore refreshTokens, IGrantStore grants, AccessTokens accessTokens, IEventLog events)
{
    /// <returns>Null when it is done.</returns>
    public async Task<OAuthError?> HandleAsync(ClientRequest request, CancellationToken ct)
    {
        var authenticated = await clients.AuthenticateAsync(request, ct);
        if (!authenticated.Succeeded(out var client, out var refused))
            return refused;
        if (!request.Parameters.TryGet("token", out var text))
            return OAuthError.InvalidRequest("Missing required parameter: token");

        var presented = new Secret(text);
        if (await refreshTokens.FindAsync(presented.Hash(), ct) is { } refreshToken)
        {
            if (refreshToken.Grant.ClientId != client.ClientId)
                return null;
            await grants.RevokeAsync(refreshToken.GrantId, request.Now, ct);
            await events.RecordAsync(LogEventTypes.Revocation, new LogEvent().Of(refreshToken.Grant).For(client));
        }
        else if (await accessTokens.ReadAsync(presented, request.Now, ct) is { } accessToken && accessToken.ClientId == client.ClientId)
        {
            await accessTokens.RevokeAsync(presented, accessToken, ct);
            var about = accessToken.Grant is { } grant ? new LogEvent().Of(grant) : new LogEvent { Audience = accessToken.Api, Scope = accessToken.Scopes.ToString() };
            await events.RecordAsync(LogEventTypes.Revocation, about.For(client) with { Description = "Success Revocation (Access Token)" });
        }

        return null;
    }
}
