using System.Collections.Concurrent;
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

/// <summary>
/// Delivers the rows of an outbox that are due, at least once each. A server that stops settles those that it has sent,
/// and leaves the others to the next round of any node.
/// </summary>
public abstract class OutboxDelivery<T>(AuthDbContext db, WriteSerializer writes, OutboxTerms terms)
    where T : OutboxRow
{
    /// <returns>How many were due.</returns>
    public async Task<int> DeliverAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = CanDeliver ? await ClaimAsync(now, ct) : [];
        if (due.Count == 0)
            return 0;
        var results = new ConcurrentDictionary<Guid, DeliveryResult>();
        try
        {
            await SendAsync(due, results, now, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }

        await SettleAsync(due, results, now);
        foreach (var row in due.Where(row => IsOver(results, row)))
            await RecordAsync(row, results[row.Id]);
        return due.Count;
    }

    protected AuthDbContext Db => db;

    /// <summary>Whether a try can succeed.</summary>
    protected virtual bool CanDeliver => true;

    /// <summary>Tries each row once, and adds its result at once.</summary>
    protected abstract Task SendAsync(
        IReadOnlyList<T> due,
        ConcurrentDictionary<Guid, DeliveryResult> results,
        DateTimeOffset now,
        CancellationToken ct);

    /// <summary>In the transaction that removes a row.</summary>
    protected virtual Task RemovedAsync(T row, DeliveryResult result) => Task.CompletedTask;

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

    private static bool IsOver(ConcurrentDictionary<Guid, DeliveryResult> results, T row) =>
        results.TryGetValue(row.Id, out var result) && result != DeliveryResult.TryAgain;

    /// <summary>Is not cancelled: a row that was sent and stays due is sent twice.</summary>
    private async Task SettleAsync(
        IReadOnlyList<T> due, ConcurrentDictionary<Guid, DeliveryResult> results, DateTimeOffset now)
    {
        await using var write = await writes.BeginAsync(db, CancellationToken.None);
        foreach (var row in due)
        {
            var stored = db.Set<T>().Where(other => other.Id == row.Id);
            if (IsOver(results, row))
            {
                await stored.ExecuteDeleteAsync(CancellationToken.None);
                await RemovedAsync(row, results[row.Id]);
                continue;
            }

            var (next, tries) = results.ContainsKey(row.Id)
                ? (now + terms.Retries.PauseAfter(row.Tries), row.Tries + 1)
                : (row.NextTryAt, row.Tries);
            await stored.ExecuteUpdateAsync(
                set => set.SetProperty(other => other.NextTryAt, next).SetProperty(other => other.Tries, tries),
                CancellationToken.None);
        }

        await write.CommitAsync(CancellationToken.None);
    }
}
