namespace AuthServer.Core.Sessions;

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

    /// <summary>When the user last proved who they are; <c>auth_time</c>.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The absolute end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset IdleExpiresAt { get; set; }

    public bool IsLive(DateTimeOffset now) => now < ExpiresAt && now < IdleExpiresAt;
}
