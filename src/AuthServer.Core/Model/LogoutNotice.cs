namespace AuthServer.Core.Model;

/// <summary>A client still has to be notified that a session ended.</summary>
public sealed class LogoutNotice : OutboxRow
{
    /// <summary>After a day the client is no longer notified: its own session has expired.</summary>
    public static RetrySchedule Retries { get; } =
        new(TimeSpan.FromHours(24), FirstPause: TimeSpan.FromSeconds(5), MaxPause: TimeSpan.FromHours(1));

    public required string ClientId { get; init; }
    public required string UserId { get; init; }
    public required string Sid { get; init; }

    /// <summary>URL that it is posted to.</summary>
    public required string Uri { get; init; }

    /// <summary>The issuer of the session; null when that is not known.</summary>
    public string? Issuer { get; init; }
}
