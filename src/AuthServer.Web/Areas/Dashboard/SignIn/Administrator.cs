using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Roles;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>Who uses the dashboard in this request, and what they may do.</summary>
internal sealed record Administrator(User User, Session Session, ManagementPrincipal Principal)
{
    /// <summary>Secrets, keys and administrators take a login that is not older.</summary>
    public static readonly TimeSpan MaxLoginAge = TimeSpan.FromHours(1);

    public string DisplayName => User.Email ?? User.Username ?? User.Name ?? User.UserId;

    public bool HasSignedInRecently(DateTimeOffset now) => now - Session.AuthenticatedAt <= MaxLoginAge;
}

/// <summary>
/// Reads an administrator from the store. Nothing of it is cached: what is taken away is gone at once.
/// </summary>
internal sealed class AdministratorLookup(
    IUserStore users, ISessionStore sessions, IPermissionStore permissions, TimeProvider time)
{
    /// <returns>Null when the user is gone or blocked, or the session has ended.</returns>
    public async Task<Administrator?> FindAsync(ClaimsPrincipal principal, CancellationToken ct)
    {
        var userId = principal.FindFirstValue(DashboardAuthentication.UserClaim) ?? "";
        var sessionId = principal.FindFirstValue(DashboardAuthentication.SessionClaim) ?? "";
        if (await sessions.FindAsync(sessionId, ct) is not { } session
            || session.UserId != userId
            || !session.IsLive(time.GetUtcNow()))
        {
            return null;
        }

        if (await users.FindAsync(userId, ct) is not { Blocked: false } user)
            return null;
        var scopes = Scopes.Of(await permissions.FindAsync(userId, Issuer.ManagementApi, organizationId: null, ct));
        var caller = new ManagementPrincipal(DashboardApplication.ClientId, scopes)
        {
            UserId = user.UserId,
            UserName = user.Email ?? user.Username,
        };
        return new Administrator(user, session, caller);
    }
}
