using AuthServer.Core.Logs;
using AuthServer.Web.Limits;

namespace AuthServer.Web.Logs;

/// <summary>Refusals of one kind that were counted and not recorded one by one.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Since">When the first of them came.</param>
/// <param name="Count">How many there were.</param>
internal sealed record SuppressedRefusals(string Code, DateTimeOffset Since, long Count);

/// <summary>
/// Limits how many refusals are recorded one by one, so that a flood of them fills neither the store nor the queue
/// (docs/security.md#what-anyone-can-cause). The rest is counted by kind, in memory of a fixed size.
/// </summary>
internal sealed class RefusalLimiter(TimeProvider time)
{
    /// <summary>Of one kind from one address in a minute.</summary>
    public const int MaxPerAddress = 20;

    /// <summary>Of one kind from all addresses in a minute.</summary>
    public const int MaxPerKind = 200;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly FixedWindowCounters counts = new();
    private readonly Dictionary<string, SuppressedRefusals> suppressed = new(StringComparer.Ordinal);
    private long total;

    /// <summary>How many were not recorded one by one since the start.</summary>
    public long Suppressed => Interlocked.Read(ref total);

    /// <returns>False when the refusal is counted and shall not be recorded.</returns>
    public bool TryTake(LogEventType type, string address)
    {
        var now = time.GetUtcNow();
        if (counts.Count($"{type.Code}|{address}", now, Window) <= MaxPerAddress
            && counts.Count(type.Code, now, Window) <= MaxPerKind)
        {
            return true;
        }

        Interlocked.Increment(ref total);
        lock (suppressed)
        {
            var before = suppressed.GetValueOrDefault(type.Code) ?? new(type.Code, now, 0);
            suppressed[type.Code] = before with { Count = before.Count + 1 };
        }

        return false;
    }

    /// <summary>Takes the counts that began in an earlier minute; all of them when nothing more will come.</summary>
    public IReadOnlyList<SuppressedRefusals> Take(bool all)
    {
        var now = time.GetUtcNow();
        lock (suppressed)
        {
            var ended = suppressed.Values
                .Where(count => all || now >= FixedWindowCounters.EndOf(count.Since, Window))
                .ToList();
            ended.ForEach(count => suppressed.Remove(count.Code));
            return ended;
        }
    }
}
