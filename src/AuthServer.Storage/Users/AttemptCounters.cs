using AuthServer.Core.Users;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Users;

internal sealed class AttemptCounters(IDatabase database) : IAttemptCounters
{
    /// <summary>
    /// A window that ends further in the future than nodes' clocks may differ was begun before the clock was set back:
    /// it must not lock users out until then.
    /// </summary>
    private static readonly Statement Take = new(
        """
        INSERT INTO attempt_counters (hash, count, resets_at) VALUES ($1, 1, $2)
        ON CONFLICT (hash) DO UPDATE SET
            count = CASE WHEN attempt_counters.resets_at > $3 AND attempt_counters.resets_at <= $4
                THEN attempt_counters.count + 1 ELSE 1 END,
            resets_at = CASE WHEN attempt_counters.resets_at > $3 AND attempt_counters.resets_at <= $4
                THEN attempt_counters.resets_at ELSE $2 END
        RETURNING count
        """
    );

    private static readonly Statement GiveBack = new(
        "UPDATE attempt_counters SET count = count - 1 WHERE hash = $1 AND count > 0");

    public Task<bool> TryTakeAsync(IReadOnlyList<AttemptBudget> budgets, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(
            async statements =>
            {
                foreach (var (key, most, window) in budgets)
                {
                    // Nothing stays: what was refused is not counted, so that a lock ends with its window.
                    var hash = AttemptCounter.HashOf(key);
                    if (await statements.ReadNumberAsync(Take, hash, now + window, now, now + window + window) > most)
                        return false;
                }

                return true;
            },
            ct);

    public Task GiveBackAsync(IReadOnlyList<AttemptBudget> budgets, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            foreach (var budget in budgets)
                await statements.ExecuteAsync(GiveBack, AttemptCounter.HashOf(budget.Key));
            return true;
        },
        ct);
}
