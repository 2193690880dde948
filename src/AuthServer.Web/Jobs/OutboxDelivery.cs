using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>Result of one try to deliver a row of an outbox.</summary>
public enum DeliveryResult
{
    Delivered,
    TryAgain,
    GivenUp,
}

/// <summary>How an outbox is delivered.</summary>
/// <param name="Name">Name of the transaction that claims rows.</param>
/// <param name="Batch">How many rows are delivered in a round.</param>
/// <param name="Claim">Longer than a batch takes: meanwhile no other round, and no other node, tries the same.</param>
/// <param name="Retries">When a failed delivery is tried again.</param>
public sealed record OutboxTerms(string Name, int Batch, TimeSpan Claim, RetrySchedule Retries);

/// <summary>Delivers the rows of an outbox that are due, at least once each.</summary>
public abstract class OutboxDelivery<T>(AuthDbContext db, WriteSerializer writes, OutboxTerms terms)
    where T : OutboxRow
{
    /// <returns>How many were due.</returns>
    public async Task<int> DeliverAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = CanDeliver ? await ClaimAsync(now, ct) : [];
        if (due.Count == 0)
            return 0;
        var results = await SendAsync(due, now, ct);
        await SettleAsync(due, results, now, ct);
        foreach (var row in due.Where(row => results[row.Id] != DeliveryResult.TryAgain))
            await RecordAsync(row, results[row.Id]);
        return due.Count;
    }

    protected AuthDbContext Db => db;

    /// <summary>Whether a try can succeed.</summary>
    protected virtual bool CanDeliver => true;

    /// <summary>Tries each row once.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, DeliveryResult>> SendAsync(
        IReadOnlyList<T> due, DateTimeOffset now, CancellationToken ct);

    /// <summary>In the transaction that removes a row.</summary>
    protected virtual Task RemovedAsync(T row, DeliveryResult result, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After the transaction that removed a row.</summary>
    protected abstract Task RecordAsync(T row, DeliveryResult result);

    protected DeliveryResult ResultOf(T row, bool delivered, DateTimeOffset now) =>
        delivered ? DeliveryResult.Delivered
        : terms.Retries.IsOver(row, now) ? DeliveryResult.GivenUp
        : DeliveryResult.TryAgain;

    private async Task<IReadOnlyList<T>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var rows = db.Set<T>().Where(row => row.NextTryAt <= now);
        if (!await rows.AnyAsync(ct))
            return [];
        await using var write = await writes.BeginAsync(db, terms.Name, ct);
        var due = await rows.AsNoTracking().OrderBy(row => row.NextTryAt).Take(terms.Batch).ToListAsync(ct);
        var ids = due.ConvertAll(row => row.Id);
        await db.Set<T>().Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, now + terms.Claim), ct);
        await write.CommitAsync(ct);
        return due;
    }

    private async Task SettleAsync(
        IReadOnlyList<T> due,
        IReadOnlyDictionary<Guid, DeliveryResult> results,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        foreach (var tried in due)
        {
            var stored = db.Set<T>().Where(row => row.Id == tried.Id);
            if (results[tried.Id] == DeliveryResult.TryAgain)
            {
                var next = now + terms.Retries.PauseAfter(tried.Tries);
                await stored.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.NextTryAt, next).SetProperty(row => row.Tries, tried.Tries + 1),
                    ct);
                continue;
            }

            await stored.ExecuteDeleteAsync(ct);
            await RemovedAsync(tried, results[tried.Id], ct);
        }

        await write.CommitAsync(ct);
    }
}
