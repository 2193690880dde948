namespace AuthServer.Core.Sessions;

/// <summary>
/// A client still has to be notified that a session ended: written when it ends, in the same transaction, and removed
/// once the client has responded.
/// </summary>
public sealed class LogoutNotice
{
    /// <summary>After this the client is no longer notified: its own session has expired.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }
    public required string ClientId { get; init; }
    public required string UserId { get; init; }
    public required string Sid { get; init; }

    /// <summary>URL that it is posted to.</summary>
    public required string Uri { get; init; }

    /// <summary>The issuer of the session; null when that is not known.</summary>
    public string? Issuer { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextTryAt { get; set; }
    public int Tries { get; set; }

    /// <summary>Twice as long each time.</summary>
    public static TimeSpan PauseAfter(int tries) =>
        tries >= 10 ? MaxDelay : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << tries, MaxDelay.Ticks));
}
