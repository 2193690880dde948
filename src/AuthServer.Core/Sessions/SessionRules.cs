using AuthServer.Core.Model;

namespace AuthServer.Core.Sessions;

/// <summary>Lifetime of a session: the tenant's idle and absolute lifetimes.</summary>
public static class SessionRules
{
    /// <summary>A session that was seen less than this ago is not written to again.</summary>
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private const int MaxUserAgentLength = 300;

    /// <summary>Begins a session, and creates the cookie's value, which is not stored.</summary>
    public static (Session Session, Secret Cookie) Start(
        string userId,
        string connection,
        TenantSettings settings,
        DateTimeOffset now,
        SessionOrigin? origin = null)
    {
        origin ??= SessionOrigin.Unknown;
        var cookie = OpaqueToken.Create();
        var lifetime = settings.HasPersistentSessionCookie
            ? settings.SessionLifetime
            : settings.EphemeralSessionLifetime;
        var ends = now.AddHours(lifetime);
        return (new Session
        {
            Id = OpaqueToken.Alphanumeric(32),
            Hash = cookie.Hash().Bytes,
            UserId = userId,
            Connection = connection,
            Issuer = origin.Issuer,
            UserAgent = origin.UserAgent is { Length: > MaxUserAgentLength } wordy
                    ? wordy[..MaxUserAgentLength]
                    : origin.UserAgent,
            Ip = origin.Ip,
            AuthenticatedAt = now,
            LastSeenAt = now,
            ExpiresAt = ends,
            IdleExpiresAt = IdleEnd(ends, settings, now),
        },
            cookie);
    }

    public static bool WantsTouch(Session session, DateTimeOffset now) => now - session.LastSeenAt >= TouchEvery;

    public static DateTimeOffset IdleEnd(DateTimeOffset absoluteEnd, TenantSettings settings, DateTimeOffset now)
    {
        var lifetime = settings.HasPersistentSessionCookie
            ? settings.IdleSessionLifetime
            : settings.IdleEphemeralSessionLifetime;
        var idle = now.AddHours(lifetime);
        return idle < absoluteEnd ? idle : absoluteEnd;
    }
}
