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

    /// <summary>
    /// Whether the hint speaks of the session of this browser. A hint that names only the user is not enough: a client
    /// with HS256 can sign one for every user whom it knows.
    /// </summary>
    /// <param name="hint">The hint.</param>
    /// <param name="signedIn">The session.</param>
    /// <param name="sids">Each <c>sid</c> by which the client of the hint knows the session.</param>
    /// <param name="tenant">The tenant.</param>
    public static bool Speaks(IdTokenHint hint, SignedIn signedIn, IReadOnlyCollection<string> sids, Tenant tenant) =>
        hint.SessionId is { } sid && sids.Contains(sid, StringComparer.Ordinal) && hint.Speaks(signedIn.User, tenant);
}
