namespace AuthServer.Core.Model;

/// <summary>
/// Message that waits in the store: written in the transaction of the change that it reports, delivered after it, at
/// least once, and removed then.
/// </summary>
public abstract class OutboxRow
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextTryAt { get; set; }
    public int Tries { get; set; }
}

/// <summary>When a failed delivery is tried again.</summary>
/// <param name="Lifetime">After this time a row is given up.</param>
/// <param name="FirstPause">Pause after the first try; each next one is twice as long.</param>
/// <param name="MaxPause">No pause is longer.</param>
public sealed record RetrySchedule(TimeSpan Lifetime, TimeSpan FirstPause, TimeSpan MaxPause)
{
    public TimeSpan PauseAfter(int tries) =>
        tries >= 10 ? MaxPause : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << tries, MaxPause.Ticks));

    public bool IsOver(OutboxRow row, DateTimeOffset now) => row.CreatedAt + Lifetime <= now;
}
