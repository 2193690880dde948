using AuthServer.Core.Clients;
using AuthServer.Core.Grants;
using AuthServer.Core.Resources;

namespace AuthServer.Core.Issuance;

/// <summary>How long a new grant lives: as long as the last token that can hang on it.</summary>
public static class GrantExpiry
{
    public static DateTimeOffset Of(Client client, ResourceServer? api, Scopes scopes, DateTimeOffset now) =>
        scopes.Contains("offline_access")
            ? client.RefreshTokens.AbsoluteExpiry(now)
            : now + AuthorizationCode.Lifetime + TimeSpan.FromSeconds(Math.Max(api?.TokenLifetime ?? ResourceServerDefaults.UserInfoTokenLifetime, api?.TokenLifetimeForWeb ?? 0));
}
