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
    public async Task EndAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        // Waits for clients that are being added, and keeps others waiting.
        await which.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, s => s.LastSeenAt), ct);
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
        await which.ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// The same with the authorizations of every login that the sessions went on from. Those come last: the deletion
    /// waits for an authorization that is being stored in a session.
    /// </summary>
    public async Task RevokeAsync(IQueryable<Session> which, DateTimeOffset now, CancellationToken ct)
    {
        var users = await which.Select(s => s.UserId).Distinct().ToListAsync(ct);
        var logins = await which.Select(s => s.Id)
            .Union(db.SessionClients.Where(c => which.Any(s => s.Id == c.SessionId)).Select(c => c.Sid))
            .ToListAsync(ct);
        await EndAsync(which, now, ct);
        await db.Authorizations.Where(a => users.Contains(a.UserId) && logins.Contains(a.SessionId))
            .RevokeAsync(now, ct);
    }
}
