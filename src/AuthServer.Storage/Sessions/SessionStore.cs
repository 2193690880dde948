using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Storage.Sql;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sessions;

internal sealed class SessionStore(
    Lazy<AuthDbContext> context,
    WriteSerializer writes,
    Lazy<SessionTerminator> ended,
    IDatabase database,
    Tables tables) : ISessionStore
{
    private const int Max = 200;

    private static readonly Statement ClientIds = new(
        "SELECT DISTINCT client_id FROM session_clients WHERE session_id = $1 ORDER BY client_id");

    private AuthDbContext Db => context.Value;

    public Task<SignedIn?> FindAsync(TokenHash hash, CancellationToken ct) => database.ReadAsync(
        tables.SignedInByHash,
        row => new SignedIn(tables.Sessions.Read(row), tables.Users.Read(row, tables.Sessions.Count)),
        ct,
        hash.Bytes);

    public Task<Session?> FindAsync(string id, CancellationToken ct) =>
        database.ReadAsync(tables.Sessions.Where("id = $1"), row => tables.Sessions.Read(row), ct, id);

    public async Task<bool> TryStartAsync(
        Session session, string? replacedId, PasswordVersion? password, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        if (password is not null)
        {
            await Db.LockUsersAsync([password.UserId], ct);
            if (!await Db.Users.WithPassword(password).AnyAsync(ct))
                return false;
        }

        Db.Add(session);
        await Db.SaveChangesAsync(ct);
        if (replacedId is not null)
        {
            var replaced = Db.Sessions.Where(s => s.Id == replacedId);
            await SessionTerminator.LockAsync(replaced, ct);
            await Db
                .SessionClients.Where(c =>
                    c.SessionId == replacedId && Db.Sessions.Any(s => s.Id == replacedId && s.UserId == session.UserId))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SessionId, session.Id), ct);
            await ended.Value.EndAsync(replaced, session.AuthenticatedAt, ct);
        }

        await write.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<Session>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct) =>
        await Db.Sessions.AsNoTracking()
            .Where(s => s.UserId == userId && s.ExpiresAt > now && s.IdleExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).ThenBy(s => s.Id).Take(Max)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<(string Uri, string Sid)>> FrontchannelAsync(string id, CancellationToken ct)
    {
        var clients = await (
            from known in Db.SessionClients
            join client in Db.Clients on known.ClientId equals client.ClientId
            where known.SessionId == id && client.FrontchannelLogoutUri != null
            orderby client.ClientId
            select new { client.FrontchannelLogoutUri, known.Sid }).ToListAsync(ct);
        return [.. clients.Select(client => (client.FrontchannelLogoutUri!, client.Sid))];
    }

    public async Task<IReadOnlyList<string>> FindSidsAsync(string id, string clientId, CancellationToken ct) =>
        await Db.SessionClients.AsNoTracking()
            .Where(known => known.SessionId == id && known.ClientId == clientId)
            .Select(known => known.Sid)
            .ToListAsync(ct);

    public Task<IReadOnlyList<string>> ClientIdsAsync(string id, CancellationToken ct) =>
        database.ListAsync(ClientIds, row => row.GetString(0), ct, id);

    public Task TouchAsync(string id, DateTimeOffset lastSeenAt, DateTimeOffset idleExpiresAt, CancellationToken ct) =>
        Db.Sessions.Where(s => s.Id == id && s.LastSeenAt < lastSeenAt).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LastSeenAt, lastSeenAt).SetProperty(s => s.IdleExpiresAt, idleExpiresAt), ct);

    public Task<bool> TryEndAsync(string userId, string id, DateTimeOffset now, CancellationToken ct) =>
        EndAsync(Db.Sessions.Where(s => s.UserId == userId && s.Id == id), now, ct);

    public Task EndOthersAsync(string userId, string keptId, DateTimeOffset now, CancellationToken ct) =>
        EndAsync(Db.Sessions.Where(s => s.UserId == userId && s.Id != keptId), now, ct);

    private async Task<bool> EndAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        var any = await ended.Value.EndAsync(which, now, ct);
        await write.CommitAsync(ct);
        return any;
    }
}
