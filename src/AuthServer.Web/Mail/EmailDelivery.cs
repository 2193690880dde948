using System.Collections.Concurrent;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Mail;

/// <summary>
/// Sends the emails that are due: a mailbox recognizes a repeated one by its Message-ID.
/// </summary>
public sealed class EmailDelivery(
    AuthDbContext db,
    WriteSerializer writes,
    Outbox outbox,
    IEmailSender post,
    IEventLog events,
    ILogger<EmailDelivery> log) : OutboxDelivery<OutgoingEmail>(db, writes, Terms)
{
    private const int Batch = 20;

    private static readonly OutboxTerms Terms = new(
        "outgoing-mails", Batch, SmtpEmailSender.Timeout * Batch + TimeSpan.FromSeconds(30), OutgoingEmail.Retries);

    protected override bool CanDeliver => post.IsOpen;

    protected override async Task SendAsync(
        IReadOnlyList<OutgoingEmail> due,
        ConcurrentDictionary<Guid, DeliveryResult> results,
        DateTimeOffset now,
        CancellationToken ct)
    {
        foreach (var mail in due)
            results[mail.Id] = await SendAsync(mail, now, ct);
    }

    protected override Task RemovedAsync(OutgoingEmail row, DeliveryResult result)
    {
        var status = result == DeliveryResult.Delivered ? JobStatuses.Completed : JobStatuses.Failed;
        return Db.EmailJobs.Where(job => job.EmailId == row.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.Status, status), CancellationToken.None);
    }

    protected override async Task RecordAsync(OutgoingEmail row, DeliveryResult result)
    {
        if (result == DeliveryResult.GivenUp)
            await events.RecordAsync(
                LogEventTypes.FailedEmail,
                new LogEvent { Description = $"Email {row.Id} was given up after {row.Tries + 1} tries" });
    }

    /// <summary>One email that fails, for whatever reason, does not keep back the others of the batch.</summary>
    private async Task<DeliveryResult> SendAsync(OutgoingEmail mail, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await post.SendAsync(mail.Id, outbox.Open(mail), ct);
            return DeliveryResult.Delivered;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var known = failure as EmailDeliveryException;
            var result = known is { ForGood: true }
                ? DeliveryResult.GivenUp
                : ResultOf(mail, delivered: false, now);
            log.LogWarning(
                known is null ? failure : known.InnerException,
                "Email {EmailId}: {Reason}; {Next} after {Tries} tries",
                mail.Id,
                known?.Message ?? "an unexpected failure",
                result == DeliveryResult.GivenUp ? "given up" : "tried again later",
                mail.Tries + 1);
            return result;
        }
    }
}
