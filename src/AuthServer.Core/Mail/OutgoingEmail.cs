namespace AuthServer.Core.Mail;

/// <summary>
/// Email to be sent: written in the transaction of the change that it reports, sent after it, at least once, and
/// removed then. Its links contain tickets, so that it is stored encrypted.
/// </summary>
public sealed class OutgoingEmail
{
    /// <summary>Undelivered emails are dropped after this time: their tickets have expired.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(30);

    public required Guid Id { get; init; }

    /// <summary>A <see cref="EmailMessage"/>, encrypted by <see cref="Outbox"/>.</summary>
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextTryAt { get; set; }
    public int Tries { get; set; }

    /// <summary>Twice as long each time.</summary>
    public static TimeSpan PauseAfter(int tries) =>
        tries >= 10 ? MaxDelay : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << tries, MaxDelay.Ticks));
}
