using AuthServer.Core.Logs;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>
/// Notifies owners by email that wrong passwords blocked their account. It runs after the answer, whose time is so the
/// same for a name that no user has.
/// </summary>
public sealed class BlockNotices(
    AuthDbContext db,
    WriteSerializer writes,
    IAttemptCounters counters,
    IEmailSender post,
    Emails emails,
    Tenant tenant,
    IEventLog events)
{
    /// <summary>Longer than a notice takes: meanwhile no other node writes it too.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    /// <returns>A block whose notice is the caller's to write now; null when there is none.</returns>
    public static async Task<LoginCounter?> NextAsync(AuthDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var due = db.LoginCounters.AsNoTracking().Where(c => c.NoticeDueAt <= now).OrderBy(c => c.NoticeDueAt);
        while (await due.FirstOrDefaultAsync(ct) is { } block)
        {
            var claimed = await db.LoginCounters.Where(c => c.Hash == block.Hash && c.NoticeDueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NoticeDueAt, now + Claim), ct);
            if (claimed == 1)
                return block;
        }

        return null;
    }

    /// <summary>Writes one email an hour to the owner; none where the name has no user.</summary>
    public async Task WriteAsync(LoginCounter block, DateTimeOffset now, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == block.Account, ct);
        var notice = await MayWriteAsync(user, now, ct)
            ? emails.AccountBlocked(user!.Email!, block.Address, EmailTexts.LanguageOf(tenant.Settings), now)
            : null;
        await using (var write = await writes.BeginAsync(db, ct))
        {
            await db.LoginCounters.Where(c => c.Hash == block.Hash)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NoticeDueAt, (DateTimeOffset?)null), ct);
            if (notice is not null)
                db.Add(notice);
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
        }

        if (notice is not null)
            await events.RecordAsync(LogEventTypes.BlockNotice, new LogEvent().By(user));
    }

    private async Task<bool> MayWriteAsync(User? user, DateTimeOffset now, CancellationToken ct) =>
        post.IsOpen && user is { Email: not null }
        && await counters.TryTakeAsync(MailBudgets.OfBlockedAccount(user.UserId), now, ct);
}
