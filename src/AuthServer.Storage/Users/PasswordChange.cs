using AuthServer.Core.Model;
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
    /// <summary>Whatever the password was.</summary>
    /// <returns>False when the user has no password; the caller rolls back then.</returns>
    public Task<bool> TrySetAsync(string userId, string passwordHash, DateTimeOffset now, CancellationToken ct) =>
        TrySetAsync(db.Users.Where(u => u.UserId == userId), userId, passwordHash, keptSessionId: null, now, ct);

    /// <returns>False when the user has another password, or none; the caller rolls back then.</returns>
    public Task<bool> TryReplaceAsync(
        PasswordVersion current, string passwordHash, string keptSessionId, DateTimeOffset now, CancellationToken ct) =>
        TrySetAsync(db.Users.WithPassword(current), current.UserId, passwordHash, keptSessionId, now, ct);

    private async Task<bool> TrySetAsync(
        IQueryable<User> user,
        string userId,
        string passwordHash,
        string? keptSessionId,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await history.AddCurrentAsync(userId, now, ct);
        var noted = await user.ExecuteUpdateAsync(
            set => set.SetProperty(u => u.LastPasswordReset, now).SetProperty(u => u.UpdatedAt, now), ct);
        if (noted == 0)
            return false;
        var changed = await db.PasswordCredentials.Where(c => c.UserId == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, passwordHash), ct);
        if (changed == 0)
            return false;

        await ended.EndAsync(db.Sessions.Where(s => s.UserId == userId && s.Id != keptSessionId), now, ct);
        await db.Authorizations.Where(a => a.UserId == userId).RevokeAsync(now, ct);
        await tickets.VoidAsync(userId, ct);
        await db.LoginCounters.Where(c => c.Account == userId).ExecuteDeleteAsync(ct);
        return true;
    }
}
