using AuthServer.Core;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>What a sign-in to the dashboard is for.</summary>
/// <param name="ReturnPath">The page that is opened afterwards.</param>
internal sealed record SignInRequest(string ReturnPath)
{
    /// <summary>The login may not be older than <see cref="Administrator.MaxLoginAge"/>.</summary>
    public bool IsRecent { get; init; }

    /// <summary>The user chooses the account.</summary>
    public bool ChoosesAccount { get; init; }
}

/// <summary>
/// A sign-in that waits for its authorization response. It travels sealed in <c>state</c>, and counts only in the
/// browser that has the cookie (RFC 6749 §10.12).
/// </summary>
/// <param name="Cookie">SHA-256 of the cookie's value.</param>
/// <param name="Verifier">RFC 7636 §4.1.</param>
/// <param name="ReturnPath">The page that is opened afterwards.</param>
/// <param name="StartedAt">When the browser left.</param>
internal sealed record PendingSignIn(byte[] Cookie, string Verifier, string ReturnPath, DateTimeOffset StartedAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Challenge => Pkce.ChallengeOf(Verifier);

    public bool IsExpired(DateTimeOffset now) => now >= StartedAt + Lifetime;

    public bool IsOf(Secret? cookie) => cookie is not null && new TokenHash(Cookie) == cookie.Hash();
}

/// <summary>
/// Binds pending sign-ins to a browser. Lax, because the authorization response arrives from wherever the user signed
/// in; one value for all tabs.
/// </summary>
internal static class StateCookie
{
    private const int Length = 43;

    public static Secret? Find(HttpContext http) =>
        http.Request.Cookies[NameOf(http)] is { Length: Length } value ? new Secret(value) : null;

    /// <summary>The browser's cookie, or a new one.</summary>
    public static Secret Ensure(HttpContext http)
    {
        if (Find(http) is { } known)
            return known;
        var value = OpaqueToken.Create();
        http.Response.Cookies.Append(NameOf(http), value.Reveal(), new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        });
        return value;
    }

    private static string NameOf(HttpContext http) => HostCookie.NameOf(http, "dashboard-state");
}
