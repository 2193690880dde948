using System.Security.Cryptography;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Mail;

/// <summary>Result of one delivery of an email.</summary>
internal enum Fate
{
    Sent,
    Later,
    Lost,
}

/// <summary>
/// Sends the emails that are due, at least once each: a mailbox recognizes a repeated one by its Message-ID.
/// </summary>
public sealed class EmailDelivery(
    AuthDbContext db,
    WriteSerializer writes,
    Outbox outbox,
    IEmailSender post,
    IEventLog events,
    ILogger<EmailDelivery> log)
{
    private const int Batch = 20;

    /// <summary>Longer than a batch takes: meanwhile no other round, and no other node, tries the same.</summary>
    private static readonly TimeSpan Claim = SmtpEmailSender.Timeout * Batch + TimeSpan.FromSeconds(30);

    /// <returns>How many were due.</returns>
    public async Task<int> DeliverAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = await ClaimAsync(now, ct);
        if (due.Count == 0)
            return 0;
        var fates = new Dictionary<Guid, Fate>();
        foreach (var mail in due)
            fates[mail.Id] = await SendAsync(mail, now, ct);
        await SettleAsync(due, fates, now, ct);
        return due.Count;
    }

    private async Task<Fate> SendAsync(OutgoingEmail mail, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await post.SendAsync(mail.Id, outbox.Open(mail), ct);
            return Fate.Sent;
        }
        catch (Exception failure) when (failure is EmailDeliveryException or CryptographicException or IOException)
        {
            var final =
                failure is EmailDeliveryException { ForGood: true } || mail.CreatedAt + OutgoingEmail.Lifetime <= now;
            log.LogWarning(
                failure.InnerException,
                "Email {EmailId}: {Reason}; {Next} after {Tries} tries",
                mail.Id,
                failure.Message,
                final ? "given up" : "tried again later",
                mail.Tries + 1);
            return final ? Fate.Lost : Fate.Later;
        }
    }

    private async Task<IReadOnlyList<OutgoingEmail>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (!post.IsOpen || !await db.OutgoingEmails.AnyAsync(m => m.NextTryAt <= now, ct))
            return [];
        await using var write = await writes.BeginAsync(db, "outgoing-mails", ct);
        var due = await db
            .OutgoingEmails.AsNoTracking()
            .Where(m => m.NextTryAt <= now)
            .OrderBy(m => m.NextTryAt)
            .Take(Batch)
            .ToListAsync(ct);
        var ids = due.Select(m => m.Id).ToList();
        await db
            .OutgoingEmails.Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, now + Claim), ct);
        await write.CommitAsync(ct);
        return due;
    }

    private async Task SettleAsync(
        IReadOnlyList<OutgoingEmail> due,
        IReadOnlyDictionary<Guid, Fate> fates,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        foreach (var mail in due)
        {
            var row = db.OutgoingEmails.Where(m => m.Id == mail.Id);
            if (fates[mail.Id] == Fate.Later)
            {
                var next = now + OutgoingEmail.PauseAfter(mail.Tries);
                await row.ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.NextTryAt, next).SetProperty(m => m.Tries, m => m.Tries + 1), ct);
                continue;
            }

            var status = fates[mail.Id] == Fate.Sent ? EmailJob.Completed : EmailJob.Failed;
            await row.ExecuteDeleteAsync(ct);
            await db
                .EmailJobs.Where(j => j.LetterId == mail.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, status), ct);
        }

        await write.CommitAsync(ct);
        foreach (var mail in due.Where(mail => fates[mail.Id] == Fate.Lost))
            await events.RecordAsync(
                LogEventTypes.FailedEmail,
                new LogEvent { Description = $"Email {mail.Id} was given up after {mail.Tries + 1} tries" });
    }
}
