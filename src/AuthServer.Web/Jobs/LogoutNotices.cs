using System.Collections.Concurrent;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.OutgoingHttp;
using AuthServer.Web.Sessions;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Jobs;

/// <summary>
/// Posts the logout tokens that are due (OpenID Connect Back-Channel Logout 1.0 §2.5). A client recognizes a repeated
/// one by its <c>jti</c>.
/// </summary>
public sealed class LogoutNotices(
    AuthDbContext db,
    WriteSerializer writes,
    TenantCache tenants,
    IssuerSource issuers,
    IClientStore clients,
    LogoutDelivery delivery,
    IEventLog events,
    ILogger<LogoutNotices> log) : OutboxDelivery<LogoutNotice>(db, writes, Terms)
{
    private const int Batch = 48;
    private const int AtATime = 8;

    private static readonly OutboxTerms Terms = new(
        "logout-notices",
        Batch,
        SsrfSafeFetcher.Timeout * (Batch / AtATime) + TimeSpan.FromSeconds(30),
        LogoutNotice.Retries);

    protected override async Task SendAsync(
        IReadOnlyList<LogoutNotice> due,
        ConcurrentDictionary<Guid, DeliveryResult> results,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var tenant = await tenants.ReadAsync();
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct },
            async (notice, stop) =>
                results[notice.Id] = ResultOf(notice, await TryPostAsync(notice, tenant, now, stop), now));
    }

    protected override async Task RecordAsync(LogoutNotice row, DeliveryResult result)
    {
        var isDelivered = result == DeliveryResult.Delivered;
        if (!isDelivered)
            log.LogWarning(
                "Gave up notifying {Client} of a logout after {Tries} tries", row.ClientId, row.Tries + 1);
        await events.RecordAsync(
            isDelivered ? LogEventTypes.BackchannelLogout : LogEventTypes.FailedBackchannelLogout,
            new LogEvent { ClientId = row.ClientId, UserId = row.UserId });
    }

    /// <summary>One notice that fails, for whatever reason, does not keep back the others of the batch.</summary>
    private async Task<bool> TryPostAsync(
        LogoutNotice notice, TenantSnapshot tenant, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var client = await clients.FindAsync(notice.ClientId, ct);
            var token = LogoutToken.Sign(tenant.At(IssuerOf(notice)), notice, client, now);
            return await delivery.PostAsync(notice.Uri, token, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(failure, "Could not notify {Client} of a logout", notice.ClientId);
            return false;
        }
    }

    /// <summary>Issuer of the session at the client, while this server still serves it.</summary>
    private Issuer IssuerOf(LogoutNotice notice) =>
        issuers.All.FirstOrDefault(issuer => issuer.Value == notice.Issuer) ?? issuers.All.First();
}

/// <summary>Checks every second whether a client has to be notified.</summary>
public sealed class LogoutNoticesJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<LogoutNoticesJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(1), scopes, time, log)
{
    protected override Task RunAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<LogoutNotices>().DeliverAsync(Now, ct);
}
