using AuthServer.Core.Jose;
using AuthServer.Core.Logs;
using AuthServer.Core.Sessions;
using AuthServer.Storage;
using AuthServer.Web.Sessions;
using AuthServer.Web.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>
/// Posts the logout tokens that are due (OpenID Connect Back-Channel Logout 1.0 §2.5). At least once: a client
/// recognizes a repeated one by its <c>jti</c>.
/// </summary>
public sealed class LogoutNotices(
    AuthDbContext db,
    WriteSerializer writes,
    TenantCache tenants,
    IssuerSource issuers,
    LogoutDelivery delivery,
    IEventLog events,
    ILogger<LogoutNotices> log)
{
    private const int Batch = 50;
    private const int AtATime = 8;

    /// <summary>Longer than a delivery takes: meanwhile no other round, and no other node, tries the same.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    /// <returns>How many were due.</returns>
    public async Task<int> DeliverAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = await ClaimAsync(now, ct);
        if (due.Count == 0)
            return 0;
        var signer = (await tenants.ReadAsync()).Keys.Current(Algorithms.Rs256);
        var accepted = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct },
            async (notice, stop) =>
            {
                if (await delivery.PostAsync(notice.Uri, LogoutToken.Sign(signer, IssuerOf(notice), notice, now), stop))
                    accepted.Add(notice.Id);
            });
        await SettleAsync(due, [.. accepted], now, ct);
        return due.Count;
    }

    /// <summary>Issuer of the session at the client, while this server still serves it.</summary>
    private string IssuerOf(LogoutNotice notice) =>
        (issuers.All.FirstOrDefault(issuer => issuer.Value == notice.Issuer) ?? issuers.All.First()).Value;

    private async Task<IReadOnlyList<LogoutNotice>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (!await db.LogoutNotices.AnyAsync(n => n.NextTryAt <= now, ct))
            return [];
        await using var write = await writes.BeginAsync(db, "logout-notices", ct);
        var due = await db
            .LogoutNotices.AsNoTracking()
            .Where(n => n.NextTryAt <= now)
            .OrderBy(n => n.NextTryAt)
            .Take(Batch)
            .ToListAsync(ct);
        var ids = due.Select(n => n.Id).ToList();
        await db
            .LogoutNotices.Where(n => ids.Contains(n.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.NextTryAt, now + Claim), ct);
        await write.CommitAsync(ct);
        return due;
    }

    private async Task SettleAsync(
        IReadOnlyList<LogoutNotice> due, IReadOnlyList<Guid> accepted, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        foreach (var notice in due)
        {
            var row = db.LogoutNotices.Where(n => n.Id == notice.Id);
            if (accepted.Contains(notice.Id) || IsOver(notice, now))
            {
                await row.ExecuteDeleteAsync(ct);
                if (!accepted.Contains(notice.Id))
                    log.LogWarning(
                        "Gave up notifying {Client} of a logout after {Tries} tries",
                        notice.ClientId,
                        notice.Tries + 1);
                continue;
            }

            var next = now + LogoutNotice.PauseAfter(notice.Tries);
            await row.ExecuteUpdateAsync(
                set => set.SetProperty(n => n.NextTryAt, next).SetProperty(n => n.Tries, n => n.Tries + 1), ct);
        }

        await write.CommitAsync(ct);
        foreach (var notice in due.Where(notice => accepted.Contains(notice.Id) || IsOver(notice, now)))
        {
            await events.RecordAsync(
                accepted.Contains(notice.Id) ? LogEventTypes.BackchannelLogout : LogEventTypes.FailedBackchannelLogout,
                new LogEvent { ClientId = notice.ClientId, UserId = notice.UserId });
        }
    }

    private static bool IsOver(LogoutNotice notice, DateTimeOffset now) =>
        notice.CreatedAt + LogoutNotice.Lifetime <= now;
}

/// <summary>Checks every second whether a client has to be notified.</summary>
public sealed class LogoutNoticesJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<LogoutNoticesJob> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<LogoutNotices>()
                    .DeliverAsync(time.GetUtcNow(), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "Notifying clients of a logout failed; the next round tries again");
            }
        }
    }
}
