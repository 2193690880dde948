using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Web.Sessions;

/// <summary>
/// The single sign-on session of this browser, through its cookie. The cookie's value is random; the store has its
/// hash.
/// </summary>
public sealed class BrowserSession(
    IHttpContextAccessor accessor,
    ISessionStore sessions,
    IKnownBrowser browser,
    Tenant tenant,
    TimeProvider time)
    : ICurrentSession
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Outside a request.");

    private string Name => HostCookie.NameOf(Http, "sid");

    /// <returns>Null when no user is signed in, the session ended, or the user is blocked or gone.</returns>
    public async Task<SignedIn?> FindAsync(CancellationToken ct)
    {
        if (Http.Request.Cookies[Name] is not { Length: > 0 } cookie)
            return null;
        var now = time.GetUtcNow();
        if (await sessions.FindAsync(new Secret(cookie).Hash(), ct) is not { User.Blocked: false } signedIn)
            return null;
        var session = signedIn.Session;
        if (!session.IsLive(now))
            return null;
        if (SessionRules.WantsTouch(session, now))
            await sessions.TouchAsync(
                session.Id, now, SessionRules.IdleEnd(session.ExpiresAt, tenant.Settings, now), ct);
        return signedIn;
    }

    /// <summary>
    /// Starts a session for a user who has just proved who they are, under a new cookie, and ends the browser's old
    /// one.
    /// </summary>
    public Task StartAsync(User user, string connection, CancellationToken ct) =>
        TryStartAsync(user, connection, password: null, ct);

    /// <summary>The same for a user who has proved it by a password.</summary>
    /// <returns>False when another one was set meanwhile; the browser stays as it was then.</returns>
    public Task<bool> TryStartAsync(PasswordSignIn proved, CancellationToken ct) =>
        TryStartAsync(proved.User, proved.Connection, proved.Password, ct);

    private async Task<bool> TryStartAsync(
        User user, string connection, PasswordVersion? password, CancellationToken ct)
    {
        var old = await FindAsync(ct);
        var origin = new SessionOrigin(
            tenant.Issuer.Value,
            Http.Request.Headers.UserAgent.ToString(),
            Http.Connection.RemoteIpAddress?.ToString());
        var (session, cookie) = SessionRules.Start(user.UserId, connection, tenant.Settings, time.GetUtcNow(), origin);
        if (!await sessions.TryStartAsync(session, old?.Session.Id, password, ct))
            return false;
        Http.Response.Cookies.Append(Name, cookie.Reveal(), Options(EndOf(session)));
        browser.Remember(user.UserId);
        return true;
    }

    /// <returns>URLs that the signed-out page shows in frames.</returns>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken ct)
    {
        IReadOnlyList<string> frames = [];
        if (await FindAsync(ct) is { } signedIn)
        {
            frames = await FrontchannelFrames.OfAsync(sessions, signedIn.Session.Id, tenant.Issuer, ct);
            await sessions.TryEndAsync(signedIn.User.UserId, signedIn.Session.Id, time.GetUtcNow(), ct);
        }

        if (Http.Request.Cookies.ContainsKey(Name))
            Http.Response.Cookies.Delete(Name, Options(expires: null));
        return frames;
    }

    /// <summary>Null for a cookie that the browser forgets when it is closed.</summary>
    private DateTimeOffset? EndOf(Session session) =>
        tenant.Settings.HasPersistentSessionCookie ? session.ExpiresAt : null;

    private CookieOptions Options(DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = Http.Request.IsHttps,

        // An application's hidden frame checks with it whether a user is signed in (docs/decisions/0011). Plain http
        // has no Secure, and so no None.
        SameSite = Http.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
