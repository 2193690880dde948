using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Tickets;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>Ends what a user can do. Runs inside the caller's transaction.</summary>
internal sealed class UserAccess(AuthDbContext db, SessionTerminator ended, IssuedTickets tickets)
{
    /// <summary>Every session, token and ticket of the user (ASVS 7.4.2).</summary>
    public async Task EndAsync(string userId, DateTimeOffset now, CancellationToken ct)
    {
        await ended.EndAsync(db.Sessions.Where(s => s.UserId == userId), now, ct);
        await RevokeTokensAsync(userId, now, ct);
        await VoidTicketsAsync(userId, ct);
    }

    /// <summary>The links in emails that were sent.</summary>
    public Task VoidTicketsAsync(string userId, CancellationToken ct) => tickets.VoidAsync(userId, ct);

    /// <summary>Only the tokens: the browsers stay signed in.</summary>
    public Task RevokeTokensAsync(string userId, DateTimeOffset now, CancellationToken ct) =>
        db.Authorizations.Where(a => a.UserId == userId).RevokeAsync(now, ct);

    /// <summary>Deletes users with all that hangs on them. Their ids stay taken (ASVS 10.5.2).</summary>
    public async Task DeleteAsync(IQueryable<User> users, DateTimeOffset now, CancellationToken ct)
    {
        var ids = await users.Select(u => u.UserId).ToArrayAsync(ct);
        await db.LockUsersAsync(ids, ct);
        await ended.EndAsync(db.Sessions.Where(s => users.Any(u => u.UserId == s.UserId)), now, ct);
        foreach (var id in ids)
            await TakenUserIds.AddAsync(db, id, ct);
        await users.ExecuteDeleteAsync(ct);
    }

    /// <summary>A user has this id, or had it once.</summary>
    public async Task<bool> IsTakenAsync(string userId, CancellationToken ct) =>
        await db.Users.AnyAsync(u => u.UserId == userId, ct) || await TakenUserIds.HasAsync(db, userId, ct);
}
