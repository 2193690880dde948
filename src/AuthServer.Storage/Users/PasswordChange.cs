using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Tickets;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>
/// Sets a password, and ends what the old one opened (ASVS 7.4.3) and what wrong guesses of it blocked. Runs inside the
/// caller's transaction.
/// </summary>
public sealed class PasswordChange(
    AuthDbContext db, PasswordHistory history, SessionTerminator ended, IssuedTickets tickets)
{
    /// <returns>False when the user has no password.</returns>
    public async Task<bool> TrySetAsync(
        string userId,
        string passwordHash,
        string? keptSessionId,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await history.AddCurrentAsync(userId, now, ct);
        var changed = await db.PasswordCredentials.Where(c => c.UserId == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, passwordHash), ct);
        if (changed == 0)
            return false;

        await db
            .Users.Where(u => u.UserId == userId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(u => u.LastPasswordReset, now).SetProperty(u => u.UpdatedAt, now), ct);
        await ended.EndAsync(db.Sessions.Where(s => s.UserId == userId && s.Id != keptSessionId), now, ct);
        await db.Authorizations.Where(a => a.UserId == userId).RevokeAsync(now, ct);
        await tickets.VoidAsync(userId, ct);
        await db.LoginCounters.Where(c => c.Account == userId).ExecuteDeleteAsync(ct);
        return true;
    }
}
