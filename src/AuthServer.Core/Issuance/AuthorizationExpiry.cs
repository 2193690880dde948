using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;

namespace AuthServer.Core.Issuance;

/// <summary>When a new authorization expires: with the last token that can belong to it.</summary>
public static class AuthorizationExpiry
{
    public static DateTimeOffset Of(Client client, ResourceServer? api, Scopes scopes, DateTimeOffset now) =>
        scopes.Contains("offline_access")
            ? client.RefreshTokens.AbsoluteExpiry(now)
            : now + AuthorizationCodes.Lifetime + TimeSpan.FromSeconds(AccessTokenLifetime.MaxOf(api));
}
