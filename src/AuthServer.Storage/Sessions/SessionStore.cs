using AuthServer.Core;
using AuthServer.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sessions;

internal sealed class SessionStore(AuthDbContext db, WriteQueue writes, EndedSessions ended) : ISessionStore
{
    private const int Most = 200;

    public Task<Session?> FindAsync(TokenHash hash, CancellationToken ct) =>
        db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash.Bytes, ct);

    public async Task StartAsync(Session session, string? replacedId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(session);
        await db.SaveChangesAsync(ct);
        if (replacedId is not null)
        {
            await db.SessionClients
                .Where(c => c.SessionId == replacedId && db.Sessions.Any(s => s.Id == replacedId && s.UserId == session.UserId))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SessionId, session.Id), ct);
            await ended.EndAsync(db.Sessions.Where(s => s.Id == replacedId), session.AuthenticatedAt, ct);
        }

        await write.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<Session>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct) =>
        await db.Sessions.AsNoTracking()
            .Where(s => s.UserId == userId && s.ExpiresAt > now && s.IdleExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).ThenBy(s => s.Id).Take(Most)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<(string Uri, string Sid)>> FrontchannelAsync(string id, CancellationToken ct)
    {
        var told = await (
            from known in db.SessionClients
            join client in db.Clients on known.ClientId equals client.ClientId
            where known.SessionId == id && client.FrontchannelLogoutUri != null
            orderby client.ClientId
            select new { client.FrontchannelLogoutUri, known.Sid }).ToListAsync(ct);
        return [.. told.Select(client => (client.FrontchannelLogoutUri!, client.Sid))];
    }

    public Task TouchAsync(string id, DateTimeOffset lastSeenAt, DateTimeOffset idleExpiresAt, CancellationToken ct) =>
        db.Sessions.Where(s => s.Id == id && s.LastSeenAt < lastSeenAt).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LastSeenAt, lastSeenAt).SetProperty(s => s.IdleExpiresAt, idleExpiresAt), ct);

    public Task EndAsync(string userId, string id, DateTimeOffset now, CancellationToken ct) =>
        EndAsync(db.Sessions.Where(s => s.UserId == userId && s.Id == id), now, ct);

    public Task EndOthersAsync(string userId, string keptId, DateTimeOffset now, CancellationToken ct) =>
        EndAsync(db.Sessions.Where(s => s.UserId == userId && s.Id != keptId), now, ct);

    private async Task EndAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        await ended.EndAsync(which, now, ct);
        await write.CommitAsync(ct);
    }
}
