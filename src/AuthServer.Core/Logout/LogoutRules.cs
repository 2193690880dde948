using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Logout;

/// <summary>
/// URLs that a browser may be sent to after a logout: only registered ones (RP-Initiated Logout §3, CVE-2021-23385).
/// </summary>
public static class LogoutRules
{
    /// <summary>An exact match of the client's list; of the tenant's when the request names no client.</summary>
    public static bool IsAllowed(Client? client, TenantSettings settings, string url) =>
        ListOf(client, settings).Contains(url, StringComparer.Ordinal)
        && RedirectUris.HasAllowedScheme(url, settings);

    /// <summary>
    /// Auth0's <c>returnTo</c> is compared without query and fragment, in which applications carry their state
    /// (docs/auth0-compatibility.md). Scheme, host and path match exactly.
    /// </summary>
    public static bool IsAllowedReturnTo(Client? client, TenantSettings settings, string url)
    {
        var target = ClientUris.WithoutQuery(url);
        return ClientUris.Written(url) is null
            && ListOf(client, settings).Any(allowed => ClientUris.WithoutQuery(allowed) == target)
            && RedirectUris.HasAllowedScheme(url, settings);
    }

    /// <summary>
    /// Redirect of <c>/v2/logout</c> without a <c>returnTo</c>: the first allowed URL; null for none.
    /// </summary>
    public static string? DefaultOf(Client? client, TenantSettings settings) =>
        ListOf(client, settings).FirstOrDefault(url => RedirectUris.HasAllowedScheme(url, settings));

    /// <summary>
    /// Whether the hint belongs to the session of this browser. A hint that names only the user is not enough: a client
    /// with HS256 can sign one for every user whom it knows.
    /// </summary>
    /// <param name="hint">The hint.</param>
    /// <param name="signedIn">The session.</param>
    /// <param name="sids">Each <c>sid</c> of the session that the client of the hint has received.</param>
    /// <param name="tenant">The tenant.</param>
    public static bool Speaks(IdTokenHint hint, SignedIn signedIn, IReadOnlyCollection<string> sids, Tenant tenant) =>
        hint.SessionId is { } sid && sids.Contains(sid, StringComparer.Ordinal) && hint.Speaks(signedIn.User, tenant);

    private static IReadOnlyList<string> ListOf(Client? client, TenantSettings settings) =>
        client?.AllowedLogoutUrls ?? settings.AllowedLogoutUrls;
}
