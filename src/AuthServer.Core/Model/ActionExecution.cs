namespace AuthServer.Core.Model;

/// <summary>
/// One run of a trigger's Actions, kept for administrators when something failed, was denied, or was written to the
/// console.
/// </summary>
public sealed class ActionExecution
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(10);

    public required Guid Id { get; init; }
    public required string TriggerId { get; init; }

    /// <summary><c>final</c>, or <c>partial</c> when an Action failed.</summary>
    public required string Status { get; init; }

    /// <summary>A JSON array: each Action with its times, its error and its lines.</summary>
    public required string Results { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
