using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Revoke;

/// <summary>
/// RFC 7009. A refresh token takes its whole authorization along; an access token goes alone. A token that is unknown,
/// or another client's, is answered like one that was revoked, and left as it is.
/// </summary>
public sealed class RevocationHandler(
    ClientAuthenticator clients,
    IStoredTokens tokens,
    IStoredAuthorizations authorizations,
    AccessTokens accessTokens,
    IEventLog events)
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
        var refreshToken = await tokens.FindAsync(presented.Hash(), TokenTypeIdentifiers.RefreshToken, ct);
        if (refreshToken?.Authorization is { } authorization)
        {
            if (authorization.ClientId != client.ClientId)
                return null;
            await authorizations.RevokeAsync(authorization.Id, request.Now, ct);
            await events.RecordAsync(LogEventTypes.Revocation, new LogEvent().Of(authorization).For(client));
        }
        else if (await accessTokens.ReadAsync(presented, request.Now, ct) is { } accessToken && accessToken.ClientId == client.ClientId)
        {
            await accessTokens.RevokeAsync(presented, accessToken, ct);
            var about = accessToken.Authorization is { } live
                ? new LogEvent().Of(live)
                : new LogEvent { Audience = accessToken.Api, Scope = accessToken.Scopes.ToString() };
            await events.RecordAsync(LogEventTypes.Revocation, about.For(client) with { Description = "Success Revocation (Access Token)" });
        }

        return null;
    }
}
