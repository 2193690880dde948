using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

internal sealed class AttemptCounters(AuthDbContext db, WriteQueue writes) : IAttemptCounters
{
    public async Task<bool> TryTakeAsync(IReadOnlyList<AttemptBudget> budgets, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var instant = now.UtcDateTime;
        foreach (var (key, most, window) in budgets)
        {
            var hash = HashOf(key);
            var resetsAt = (now + window).UtcDateTime;

            // Further away than nodes' clocks may be apart: the clock was set back, and nobody shall be locked out until it is there again.
            var farthest = (now + window + window).UtcDateTime;
            var counts = await db.Database.SqlQuery<int>(
                $"""
                INSERT INTO attempt_counters (hash, count, resets_at) VALUES ({hash}, 1, {resetsAt})
                ON CONFLICT (hash) DO UPDATE SET
                    count = CASE WHEN attempt_counters.resets_at > {instant} AND attempt_counters.resets_at <= {farthest} THEN attempt_counters.count + 1 ELSE 1 END,
                    resets_at = CASE WHEN attempt_counters.resets_at > {instant} AND attempt_counters.resets_at <= {farthest} THEN attempt_counters.resets_at ELSE {resetsAt} END
                RETURNING count AS "Value"
                """).ToListAsync(ct);

            // Not committed: what was refused is not counted, so that a lock ends with its window.
            if (counts[0] > most)
                return false;
        }

        await write.CommitAsync(ct);
        return true;
    }

    public async Task GiveBackAsync(IReadOnlyList<AttemptBudget> budgets, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        foreach (var budget in budgets)
        {
            var hash = HashOf(budget.Key);
            await db.AttemptCounters.Where(c => c.Hash == hash && c.Count > 0)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Count, c => c.Count - 1), ct);
        }

        await write.CommitAsync(ct);
    }

    public async Task ResetAsync(string key, CancellationToken ct)
    {
        var hash = HashOf(key);
        await db.AttemptCounters.Where(c => c.Hash == hash).ExecuteDeleteAsync(ct);
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
