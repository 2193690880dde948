using AuthServer.Core.Clients;
using AuthServer.Core.Grants;

namespace AuthServer.Core.Revoke;

/// <summary>
/// RFC 7009. A refresh token takes its whole grant along; an access token goes alone. A token that is unknown, or another client's,
/// is answered like one that was revoked, and left as it is.
/// </summary>
public sealed class RevocationHandler(ClientAuthenticator clients, IRefreshTokenStore refreshTokens, IGrantStore grants, AccessTokens accessTokens)
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
            if (refreshToken.Grant.ClientId == client.ClientId)
                await grants.RevokeAsync(refreshToken.GrantId, request.Now, ct);
        }
        else if (await accessTokens.ReadAsync(presented, request.Now, ct) is { } accessToken && accessToken.ClientId == client.ClientId)
        {
            await accessTokens.RevokeAsync(presented, accessToken, ct);
        }

        return null;
    }
}
