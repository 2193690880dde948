using AuthServer.Core.Clients;
using AuthServer.Storage.Sql;
using AuthServer.Storage.Users;

namespace AuthServer.Storage.Clients;

/// <summary>Counts in the rows of <see cref="AttemptCounter"/>. Each window has a row of its own.</summary>
internal sealed class TokenQuotaCounters(IDatabase database) : ITokenQuotaCounters
{
    private static readonly Statement Count = new(
        """
        INSERT INTO attempt_counters (hash, count, resets_at) VALUES ($1, 1, $2)
        ON CONFLICT (hash) DO UPDATE SET count = attempt_counters.count + 1
        RETURNING count
        """);

    public async Task<IReadOnlyList<QuotaUse>> CountAsync(IReadOnlyList<QuotaBucket> buckets, CancellationToken ct)
    {
        var uses = new List<QuotaUse>();
        await database.WriteAsync(
            async statements =>
            {
                uses.Clear();
                foreach (var bucket in buckets)
                {
                    var hash = AttemptCounter.HashOf(bucket.Key);
                    uses.Add(new QuotaUse(bucket, await statements.ReadNumberAsync(Count, hash, bucket.ResetsAt)));
                }

                return !uses.Exists(use => use.IsExceeded);
            },
            ct);
        return uses;
    }
}
