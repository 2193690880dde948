using AuthServer.Core;
using AuthServer.Core.Grants;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Grants;

internal sealed class RefreshTokenStore(AuthDbContext db, WriteQueue writes) : IRefreshTokenStore
{
    public Task<RefreshToken?> FindAsync(TokenHash hash, CancellationToken ct) =>
        db.RefreshTokens.AsNoTracking().Include(t => t.Grant).SingleOrDefaultAsync(t => t.Hash == hash.Bytes, ct);

    public async Task<bool> TryRotateAsync(RefreshToken used, RefreshToken next, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var spent = await db.RefreshTokens
            .Where(t => t.Id == used.Id && t.SpentAt == null && t.ExpiresAt > now && t.Grant.RevokedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(t => t.SpentAt, now)
                    .SetProperty(t => t.ChildId, used.ChildId)
                    .SetProperty(t => t.ChildSealed, used.ChildSealed),
                ct);
        if (spent == 0)
            return false;

        db.Add(next);
        await CommitAsync(write, accessToken, ct);
        return true;
    }

    public async Task<bool> TryUseAsync(RefreshToken used, DateTimeOffset idleExpiry, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var touched = await db.RefreshTokens
            .Where(t => t.Id == used.Id && t.SpentAt == null && t.ExpiresAt > now && t.Grant.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, idleExpiry), ct);
        if (touched == 0)
            return false;

        await CommitAsync(write, accessToken, ct);
        return true;
    }

    public async Task<bool> TryRepeatAsync(RefreshToken spent, AccessToken? accessToken, DateTimeOffset spentSince, DateTimeOffset now, CancellationToken ct)
    {
        // A clock that was set back would stretch the leeway by as much; nodes may be as far apart as it is long.
        var spentUntil = now + (now - spentSince);
        await using var write = await writes.BeginAsync(db, ct);
        var repeatable = await db.RefreshTokens
            .Where(t => t.Id == spent.Id && t.SpentAt >= spentSince && t.SpentAt <= spentUntil && t.Grant.RevokedAt == null)
            .Where(t => db.RefreshTokens.Any(child => child.Id == t.ChildId && child.SpentAt == null && child.ExpiresAt > now))
            .AnyAsync(ct);
        if (!repeatable)
            return false;

        await CommitAsync(write, accessToken, ct);
        return true;
    }

    private async Task CommitAsync(WriteTransaction write, AccessToken? accessToken, CancellationToken ct)
    {
        if (accessToken is not null)
            db.Add(accessToken);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
