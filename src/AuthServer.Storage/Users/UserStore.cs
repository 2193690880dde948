using AuthServer.Core.Model;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

internal sealed class UserStore(Lazy<AuthDbContext> context, WriteSerializer writes, IDatabase database, Tables tables)
    : IUserStore
{
    private AuthDbContext Db => context.Value;

    public Task<User?> FindAsync(string userId, CancellationToken ct) =>
        database.ReadAsync(tables.Users.Where("user_id = $1"), row => tables.Users.Read(row), ct, userId);

    public Task<FoundCredential?> FindCredentialAsync(
        IReadOnlyList<string> byEmail,
        IReadOnlyList<string> byUsername,
        string normalizedIdentifier,
        CancellationToken ct) =>
        Db.PasswordCredentials.AsNoTracking()
            .Where(c => (c.NormalizedEmail == normalizedIdentifier && byEmail.Contains(c.Connection))
                || (c.NormalizedUsername == normalizedIdentifier && byUsername.Contains(c.Connection)))
            .Join(Db.Users, c => c.UserId, u => u.UserId, (c, u) => new { Credential = c, User = u })
            .OrderBy(found => found.User.CreatedAt).ThenBy(found => found.Credential.Id)
            .Select(found => new FoundCredential(
                found.Credential, new PasswordVersion(found.User.UserId, found.User.LastPasswordReset)))
            .FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<PasswordCredential>> CredentialsOfAsync(string userId, CancellationToken ct) =>
        await Db.PasswordCredentials.AsNoTracking().Where(c => c.UserId == userId).OrderBy(c => c.Id).ToListAsync(ct);

    public async Task<bool> TryCreateAsync(
        User user, PasswordCredential credential, MailedTicket? verification, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        if (await Db.PasswordCredentials.AnyAsync(credential.HasNameInCommon(), ct))
            return false;

        Db.Add(user);
        Db.Add(credential);
        if (verification is not null)
            Db.AddRange(verification.Ticket, verification.Email);
        try
        {
            await Db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Db.IsUniqueViolation(failure))
        {
            // Another node took the address between the look and the insert: the unique index decides.
            Db.ChangeTracker.Clear();
            return false;
        }

        await write.CommitAsync(ct);
        return true;
    }

    public async Task<bool> TryRecordLoginAsync(
        PasswordVersion verified,
        DateTimeOffset now,
        string? ip,
        NewerHash? newer,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        var recorded = await Db.Users.WithPassword(verified).ExecuteUpdateAsync(
            set => set
                .SetProperty(u => u.LastLogin, now)
                .SetProperty(u => u.LastIp, ip)
                .SetProperty(u => u.LoginsCount, u => u.LoginsCount + 1),
            ct);
        if (recorded == 0)
            return false;
        if (newer is not null)
        {
            await Db.PasswordCredentials.Where(c => c.Id == newer.CredentialId && c.PasswordHash == newer.Former)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, newer.Hash), ct);
        }

        await write.CommitAsync(ct);
        return true;
    }
}
