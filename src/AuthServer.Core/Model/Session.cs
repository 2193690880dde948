namespace AuthServer.Core.Model;

/// <summary>A browser's single sign-on session.</summary>
public sealed class Session
{
    /// <summary>The <c>sid</c> claim: 32 letters and digits. Not the cookie's value.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the cookie's value.</summary>
    public required byte[] Hash { get; init; }
    public required string UserId { get; init; }

    /// <summary>The connection through which the user came in.</summary>
    public required string Connection { get; init; }

    /// <summary>The issuer at which it began; null when that is not known.</summary>
    public string? Issuer { get; init; }

    /// <summary>The browser's own words, cut to a length.</summary>
    public string? UserAgent { get; init; }
    public string? Ip { get; init; }

    /// <summary>When the user last proved who they are; <c>auth_time</c>.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The absolute end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset IdleExpiresAt { get; set; }

    public bool IsLive(DateTimeOffset now) => now < ExpiresAt && now < IdleExpiresAt;
}

/// <summary>Origin of a session, for the lists that its user and the administrators see.</summary>
public sealed record SessionOrigin(string? Issuer, string? UserAgent, string? Ip)
{
    public static SessionOrigin Unknown { get; } = new(null, null, null);
}

/// <summary>Client that took part in a session, and has to be notified of its end.</summary>
public sealed class SessionClient
{
    public required string SessionId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>
    /// <c>sid</c> that the client has received: a new login of the same user keeps the clients of the session before.
    /// </summary>
    public required string Sid { get; init; }
}
