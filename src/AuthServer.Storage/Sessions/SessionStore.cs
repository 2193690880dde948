using AuthServer.Core;
using AuthServer.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sessions;

internal sealed class SessionStore(AuthDbContext db, WriteQueue writes) : ISessionStore
{
    public Task<Session?> FindAsync(TokenHash hash, CancellationToken ct) =>
        db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash.Bytes, ct);

    public async Task StartAsync(Session session, string? replacedId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (replacedId is not null)
            await db.Sessions.Where(s => s.Id == replacedId).ExecuteDeleteAsync(ct);
        db.Add(session);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public Task TouchAsync(string id, DateTimeOffset lastSeenAt, DateTimeOffset idleExpiresAt, CancellationToken ct) =>
        db.Sessions.Where(s => s.Id == id && s.LastSeenAt < lastSeenAt).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LastSeenAt, lastSeenAt).SetProperty(s => s.IdleExpiresAt, idleExpiresAt), ct);

    public Task EndAsync(string id, CancellationToken ct) => db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync(ct);
}
