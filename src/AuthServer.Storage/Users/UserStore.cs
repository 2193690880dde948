using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

internal sealed class UserStore(AuthDbContext db, WriteQueue writes) : IUserStore
{
    public Task<User?> FindAsync(string userId, CancellationToken ct) =>
        db.Users.AsNoTracking().Include(u => u.Identities).SingleOrDefaultAsync(u => u.UserId == userId, ct);

    public Task<PasswordCredential?> FindCredentialAsync(string connection, string normalizedIdentifier, CancellationToken ct) =>
        db.PasswordCredentials.AsNoTracking()
            .Where(c => c.Connection == connection)
            .Where(c => c.NormalizedEmail == normalizedIdentifier || c.NormalizedUsername == normalizedIdentifier)
            .FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<PasswordCredential>> CredentialsOfAsync(string userId, CancellationToken ct) =>
        await db.PasswordCredentials.AsNoTracking().Where(c => c.UserId == userId).OrderBy(c => c.Id).ToListAsync(ct);

    public async Task<bool> TryCreateAsync(User user, PasswordCredential credential, MailedTicket? verification, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var taken = await db.PasswordCredentials.AnyAsync(
            c => c.Connection == credential.Connection
                && ((credential.NormalizedEmail != null && c.NormalizedEmail == credential.NormalizedEmail)
                    || (credential.NormalizedUsername != null && c.NormalizedUsername == credential.NormalizedUsername)),
            ct);
        if (taken)
            return false;

        db.Add(user);
        db.Add(credential);
        if (verification is not null)
            db.AddRange(verification.Ticket, verification.Letter);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            // Another node took the address between the look and the insert: the unique index decides.
            db.ChangeTracker.Clear();
            return false;
        }

        await write.CommitAsync(ct);
        return true;
    }

    public async Task RecordLoginAsync(string userId, DateTimeOffset now, string? ip, NewerHash? newer, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        await db.Users.Where(u => u.UserId == userId).ExecuteUpdateAsync(
            set => set
                .SetProperty(u => u.LastLogin, now)
                .SetProperty(u => u.LastIp, ip)
                .SetProperty(u => u.LoginsCount, u => u.LoginsCount + 1),
            ct);
        if (newer is not null)
        {
            await db.PasswordCredentials.Where(c => c.Id == newer.CredentialId)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, newer.Hash), ct);
        }

        await write.CommitAsync(ct);
    }
}
