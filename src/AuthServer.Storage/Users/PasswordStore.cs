using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Storage.Users;

internal sealed class PasswordStore(AuthDbContext db, WriteSerializer writes, PasswordChange password) : IPasswordStore
{
    public async Task<bool> TryChangeAsync(
        PasswordVersion verified,
        string passwordHash,
        string keptSessionId,
        OutgoingEmail? notice,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (!await password.TryReplaceAsync(verified, passwordHash, keptSessionId, now, ct))
            return false;
        if (notice is not null)
            db.Add(notice);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return true;
    }
}
