using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>One of a quota's numbers, in the window that is now.</summary>
/// <param name="Key">What is counted. Stored as a hash.</param>
/// <param name="Name">Auth0's name of the window: <c>per_hour</c>, <c>per_day</c>.</param>
/// <param name="Max">Tokens.</param>
/// <param name="IsEnforced">The token after the last one is refused.</param>
/// <param name="ResetsAt">The end of the window.</param>
public sealed record QuotaBucket(string Key, string Name, int Max, bool IsEnforced, DateTimeOffset ResetsAt)
{
    /// <param name="quota">Null for none.</param>
    /// <param name="owner">What the quota is of.</param>
    /// <param name="now">The moment.</param>
    public static IEnumerable<QuotaBucket> Of(TokenQuota? quota, string owner, DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (quota?.PerHour is { } hourly)
            yield return New("per_hour", hourly, day.AddHours(now.UtcDateTime.Hour + 1));
        if (quota?.PerDay is { } daily)
            yield return New("per_day", daily, day.AddDays(1));

        QuotaBucket New(string name, int max, DateTimeOffset end) =>
            new($"quota|{owner}|{name}|{end.ToUnixTimeSeconds()}", name, max, quota.IsEnforced, end);
    }
}

/// <summary>How much of a bucket is used.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Count">Tokens, with the one that was asked for.</param>
public sealed record QuotaUse(QuotaBucket Bucket, int Count)
{
    public bool IsExceeded => Bucket.IsEnforced && Count > Bucket.Max;

    /// <param name="isRefused">The token that was asked for is refused, and so not counted.</param>
    public int Remaining(bool isRefused) => Math.Max(0, Bucket.Max - (isRefused ? Count - 1 : Count));
}

/// <summary>Counts issued tokens against quotas, for all nodes.</summary>
public interface ITokenQuotaCounters
{
    /// <summary>
    /// Counts one token in every bucket in one atomic step, or in none when an enforced one is full: parallel requests
    /// get no more than serial ones.
    /// </summary>
    /// <returns>The use of each bucket, in order.</returns>
    Task<IReadOnlyList<QuotaUse>> CountAsync(IReadOnlyList<QuotaBucket> buckets, CancellationToken ct);
}
