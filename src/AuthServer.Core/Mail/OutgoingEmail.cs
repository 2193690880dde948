namespace AuthServer.Core.Mail;

/// <summary>
/// A letter that has to go out: written in the transaction of what it speaks of, sent after it, at least once, and
/// removed then. Its links hold tickets, so that it is stored sealed.
/// </summary>
public sealed class OutgoingEmail
{
    /// <summary>After this nobody waits for it any more, and its ticket is void.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(30);

    public required Guid Id { get; init; }

    /// <summary>A <see cref="EmailMessage"/>, sealed by <see cref="Outbox"/>.</summary>
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextTryAt { get; set; }
    public int Tries { get; set; }

    /// <summary>Twice as long each time.</summary>
    public static TimeSpan PauseAfter(int tries) =>
        tries >= 10 ? MaxDelay : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << tries, MaxDelay.Ticks));
}
