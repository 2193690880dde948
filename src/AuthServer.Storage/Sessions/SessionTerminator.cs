using AuthServer.Core.Model;
using AuthServer.Storage.Authorizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sessions;

/// <summary>
/// Ends sessions for any reason, and writes in the same transaction which clients have to be notified: they are
/// notified even when this process is killed now. Runs inside the caller's transaction.
/// </summary>
public sealed class SessionTerminator(AuthDbContext db)
{
    /// <summary>Waits for clients that are being added, as IssuanceStore does, and keeps others waiting.</summary>
    public static Task LockAsync(IQueryable<Session> which, CancellationToken ct) =>
        which.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, s => s.LastSeenAt), ct);

    /// <returns>False when there was none.</returns>
    public async Task<bool> EndAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        // What the caller has changed of users is locked before their sessions.
        await db.SaveChangesAsync(ct);
        await LockAsync(which, ct);
        var clients = await (
            from session in which
            join known in db.SessionClients on session.Id equals known.SessionId
            join client in db.Clients on known.ClientId equals client.ClientId
            select new
            {
                session.UserId,
                session.Issuer,
                known.Sid,
                client.ClientId,
                client.BackchannelLogoutUrls,
            }).ToListAsync(ct);
        foreach (var client in clients)
        {
            db.AddRange(client.BackchannelLogoutUrls.Select(uri => new LogoutNotice
            {
                Id = Guid.CreateVersion7(now),
                ClientId = client.ClientId,
                UserId = client.UserId,
                Sid = client.Sid,
                Uri = uri,
                Issuer = client.Issuer,
                CreatedAt = now,
                NextTryAt = now,
            }));
        }

        await db.SaveChangesAsync(ct);
        return await which.ExecuteDeleteAsync(ct) > 0;
    }

    /// <summary>
    /// The same with the authorizations of every login that the sessions went on from. Those come last: the deletion
    /// waits for an authorization that is being stored in a session.
    /// </summary>
    public async Task RevokeAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        var sessions = await which.Select(s => new { s.Id, s.UserId }).ToListAsync(ct);
        var ids = sessions.ConvertAll(s => s.Id);
        var users = sessions.Select(s => s.UserId).Distinct(StringComparer.Ordinal).ToList();
        var sids = await db.SessionClients.Where(c => ids.Contains(c.SessionId)).Select(c => c.Sid).ToListAsync(ct);
        List<string> logins = [.. ids.Union(sids, StringComparer.Ordinal)];
        await EndAsync(db.Sessions.Where(s => ids.Contains(s.Id)), now, ct);
        await db.Authorizations.Where(a => users.Contains(a.UserId) && logins.Contains(a.SessionId))
            .RevokeAsync(now, ct);
    }
}
