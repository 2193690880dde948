namespace AuthServer.Core.Model;

/// <summary>Email to be sent. Its links contain tickets, so that it is stored encrypted.</summary>
public sealed class OutgoingEmail : OutboxRow
{
    /// <summary>Undelivered emails are dropped after a day: their tickets have expired.</summary>
    public static RetrySchedule Retries { get; } =
        new(TimeSpan.FromHours(24), FirstPause: TimeSpan.FromSeconds(10), MaxPause: TimeSpan.FromMinutes(30));

    /// <summary>A <see cref="Mail.EmailMessage"/>, encrypted by <see cref="Mail.Outbox"/>.</summary>
    public required byte[] Sealed { get; init; }
}
