using System.Security.Cryptography;
using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Storage;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>What became of a letter in one try.</summary>
internal enum Fate
{
    Sent,
    Later,
    Lost,
}

/// <summary>Sends the letters that are due, at least once each: a mailbox knows a repeated one by its Message-ID.</summary>
public sealed class MailDelivery(AuthDbContext db, WriteQueue writes, Outbox outbox, IPostOffice post, IEventLog events, ILogger<MailDelivery> log)
{
    private const int Batch = 20;
    private const int AtATime = 4;

    /// <summary>Longer than a batch takes: meanwhile no other round, and no other node, tries the same.</summary>
    private static readonly TimeSpan Claim = SmtpPostOffice.Patience * (Batch / AtATime) + TimeSpan.FromSeconds(30);

    /// <returns>How many were due.</returns>
    public async Task<int> DeliverAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = await ClaimAsync(now, ct);
        if (due.Count == 0)
            return 0;
        var fates = new System.Collections.Concurrent.ConcurrentDictionary<Guid, Fate>();
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct }, async (mail, stop) =>
            fates[mail.Id] = await SendAsync(mail, now, stop));
        await SettleAsync(due, fates, now, ct);
        return due.Count;
    }

    private async Task<Fate> SendAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await post.SendAsync(mail.Id, outbox.Open(mail), ct);
            return Fate.Sent;
        }
        catch (Exception failure) when (failure is PostalException or CryptographicException or IOException)
        {
            var final = failure is PostalException { ForGood: true } || mail.CreatedAt + OutgoingMail.Lifetime <= now;
            log.LogWarning(failure.InnerException, "Letter {Letter}: {Reason}; {Next} after {Tries} tries", mail.Id, failure.Message, final ? "given up" : "tried again later", mail.Tries + 1);
            return final ? Fate.Lost : Fate.Later;
        }
    }

    private async Task<IReadOnlyList<OutgoingMail>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (!post.IsOpen || !await db.OutgoingMails.AnyAsync(m => m.NextTryAt <= now, ct))
            return [];
        await using var write = await writes.BeginAsync(db, "outgoing-mails", ct);
        var due = await db.OutgoingMails.AsNoTracking().Where(m => m.NextTryAt <= now).OrderBy(m => m.NextTryAt).Take(Batch).ToListAsync(ct);
        var ids = due.Select(m => m.Id).ToList();
        await db.OutgoingMails.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, now + Claim), ct);
        await write.CommitAsync(ct);
        return due;
    }

    private async Task SettleAsync(IReadOnlyList<OutgoingMail> due, IReadOnlyDictionary<Guid, Fate> fates, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        foreach (var mail in due)
        {
            var row = db.OutgoingMails.Where(m => m.Id == mail.Id);
            if (fates[mail.Id] == Fate.Later)
            {
                var next = now + OutgoingMail.PauseAfter(mail.Tries);
                await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, next).SetProperty(m => m.Tries, m => m.Tries + 1), ct);
                continue;
            }

            var status = fates[mail.Id] == Fate.Sent ? LetterJob.Completed : LetterJob.Failed;
            await row.ExecuteDeleteAsync(ct);
            await db.LetterJobs.Where(j => j.LetterId == mail.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, status), ct);
        }

        await write.CommitAsync(ct);
        foreach (var mail in due.Where(mail => fates[mail.Id] == Fate.Lost))
            await events.RecordAsync(LogEventTypes.FailedLetter, new LogEvent { Description = $"Letter {mail.Id} was given up after {mail.Tries + 1} tries" });
    }
}
