using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.TryIt;

/// <summary>Sign-in that was sent to <c>/authorize</c> and has not returned.</summary>
public sealed record TryTransaction(string State, string Nonce, Secret Verifier);

/// <summary>Data that the sample application stores for one browser.</summary>
public sealed class TrySession(DateTimeOffset expiresAt)
{
    public DateTimeOffset ExpiresAt { get; } = expiresAt;
    public TryTransaction? Transaction { get; set; }

    /// <summary>
    /// The last answer of the token endpoint that succeeded, with what earlier ones gave and it left out.
    /// </summary>
    public JsonObject? Tokens { get; set; }

    /// <summary>Result of the last call, and its name.</summary>
    public (string What, SampleAnswer Answer)? LastCall { get; set; }

    /// <summary>Error of the response, in the protocol's words.</summary>
    public string? Problem { get; set; }
}

/// <summary>The sample application's sessions, in memory, for an hour each.</summary>
public sealed class TrySessions(TimeProvider time)
{
    private const int Max = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<TokenHash, TrySession> sessions = new();

    public TrySession? Find(HttpContext http) =>
        http.Request.Cookies[NameFor(http)] is { Length: > 0 } cookie
        && sessions.TryGetValue(new Secret(cookie).Hash(), out var session)
        && session.ExpiresAt > time.GetUtcNow()
            ? session
            : null;

    /// <summary>Begins a new session under a new cookie.</summary>
    public TrySession Start(HttpContext http)
    {
        End(http);
        MakeSpace();
        var (cookie, session) = (OpaqueToken.Create(), new TrySession(time.GetUtcNow() + Lifetime));
        sessions[cookie.Hash()] = session;
        http.Response.Cookies.Append(NameFor(http), cookie.Reveal(), Options(http));
        return session;
    }

    public void End(HttpContext http)
    {
        if (http.Request.Cookies[NameFor(http)] is not { Length: > 0 } cookie)
            return;
        sessions.TryRemove(new Secret(cookie).Hash(), out _);
        http.Response.Cookies.Delete(NameFor(http), Options(http));
    }

    private void MakeSpace()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, session) in sessions)
        {
            if (session.ExpiresAt <= now)
                sessions.TryRemove(hash, out _);
        }

        while (sessions.Count >= Max)
            sessions.TryRemove(sessions.MinBy(entry => entry.Value.ExpiresAt).Key, out _);
    }

    private static string NameFor(HttpContext http) => HostCookie.NameOf(http, "try");

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
