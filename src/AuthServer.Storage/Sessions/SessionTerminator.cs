using AuthServer.Core.Model;
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
}
