using AuthServer.Core.Grants;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.UserInfo;

/// <summary>Whose claims, and which, OpenID Connect Core §5.3.</summary>
public sealed record UserInfoAnswer(User User, Scopes Scopes);

public sealed class UserInfoHandler(Tenant tenant, AccessTokens tokens, IUserStore users)
{
    public async Task<Result<UserInfoAnswer>> HandleAsync(Secret presented, DateTimeOffset now, CancellationToken ct)
    {
        var token = await tokens.ReadAsync(presented, now, ct);
        if (token is null || !token.Audiences.Contains(tenant.Issuer.UserInfo, StringComparer.Ordinal))
            return OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint");
        if (!token.Scopes.Contains("openid"))
            return OAuthError.InsufficientScope("The access token was not granted openid");
        if (await users.FindAsync(token.Subject, ct) is not { } user)
            return OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint");
        return new UserInfoAnswer(user, token.Scopes);
    }
}
