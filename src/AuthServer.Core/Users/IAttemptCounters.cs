namespace AuthServer.Core.Users;

/// <summary>
/// One budget of attempts: at most <paramref name="Max"/> in a <paramref name="Window"/> that begins with the first.
/// </summary>
/// <param name="Key">Value that is counted. Stored as a hash.</param>
public sealed record AttemptBudget(string Key, int Max, TimeSpan Window);

public interface IAttemptCounters
{
    /// <summary>
    /// Takes one attempt from every budget in one atomic step, before the attempt is made, so that a parallel thousand
    /// gets no more than a serial one (CVE-2023-33170).
    /// </summary>
    /// <returns>False when one of them is used up.</returns>
    Task<bool> TryTakeAsync(IReadOnlyList<AttemptBudget> budgets, DateTimeOffset now, CancellationToken ct);

    /// <summary>Gives a taken attempt back: it turned out to be honest.</summary>
    Task GiveBackAsync(IReadOnlyList<AttemptBudget> budgets, CancellationToken ct);
}
