using AuthServer.Core.Clients;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Logout;

/// <summary>
/// Where a browser may be sent after a logout: exact matches of registered URLs alone (RP-Initiated Logout §3,
/// CVE-2021-23385).
/// </summary>
public static class LogoutRules
{
    /// <summary>The client's list; the tenant's when the request names no client.</summary>
    public static bool IsAllowed(Client? client, TenantSettings settings, string url) =>
        (client?.AllowedLogoutUrls ?? settings.AllowedLogoutUrls).Contains(url, StringComparer.Ordinal);

    /// <summary>Whether the hint speaks of the very session, or at least the user, that is signed in here.</summary>
    public static bool Speaks(IdTokenHint hint, SignedIn signedIn, Tenant tenant) =>
        hint.Speaks(signedIn.User, tenant) && (hint.SessionId is null || hint.SessionId == signedIn.Session.Id);
}
