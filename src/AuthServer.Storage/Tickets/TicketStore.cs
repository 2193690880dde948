using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tickets;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tickets;

internal sealed class TicketStore(
    AuthDbContext db, WriteSerializer writes, IssuedTickets tickets, PasswordChange password) : ITicketStore
{
    public async Task IssueAsync(MailedTicket mailed, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        await tickets.ReplaceAsync(mailed.Ticket, mailed.Email, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public async Task<LiveTicket?> FindAsync(TokenHash hash, string kind, DateTimeOffset now, CancellationToken ct)
    {
        if (await Usable(hash.Bytes, kind, now).AsNoTracking().SingleOrDefaultAsync(ct) is not { } ticket)
            return null;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == ticket.UserId, ct);
        return user is null ? null : new LiveTicket(ticket, user);
    }

    public async Task<bool> TryVerifyEmailAsync(Ticket ticket, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (await Usable(ticket.Hash, TicketKinds.VerifyEmail, now).ExecuteDeleteAsync(ct) == 0)
            return false;
        await MarkVerifiedAsync(ticket, now, ct);
        await write.CommitAsync(ct);
        return true;
    }

    public async Task<bool> TryResetPasswordAsync(
        Ticket ticket,
        string passwordHash,
        OutgoingEmail? notice,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (await Usable(ticket.Hash, TicketKinds.ResetPassword, now).ExecuteDeleteAsync(ct) == 0)
            return false;
        if (!await password.TrySetAsync(ticket.UserId, passwordHash, now, ct))
            return false;
        if (ticket is { ProvesAddress: true, NormalizedEmail: not null })
            await MarkVerifiedAsync(ticket, now, ct);
        if (notice is not null)
            db.Add(notice);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return true;
    }

    public async Task AskAsync(PasswordResetRequest request, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(request);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    /// <summary>
    /// The one condition under which a ticket is worth anything: its user has the same address still, and is not
    /// blocked.
    /// </summary>
    private IQueryable<Ticket> Usable(byte[] hash, string kind, DateTimeOffset now) => db.Tickets
        .Where(t => t.Hash == hash && t.Kind == kind && t.ExpiresAt > now)
        .Where(t => db.Users.Any(u => u.UserId == t.UserId && u.NormalizedEmail == t.NormalizedEmail && !u.Blocked));

    private Task MarkVerifiedAsync(Ticket ticket, DateTimeOffset now, CancellationToken ct) =>
        db
            .Users.Where(u => u.UserId == ticket.UserId && !u.EmailVerified)
            .ExecuteUpdateAsync(
                set => set.SetProperty(u => u.EmailVerified, true).SetProperty(u => u.UpdatedAt, now), ct);
}
