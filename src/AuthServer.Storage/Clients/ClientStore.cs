using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Clients;

internal sealed class ClientStore(AuthDbContext db, WriteQueue writes) : IClientStore
{
    public Task<Client?> FindAsync(string clientId, CancellationToken ct) =>
        db.Clients.AsNoTracking().Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == clientId, ct);

    public async Task RegisterAsync(Client client, IReadOnlyList<string> connectionIds, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(client);
        foreach (var id in connectionIds)
            db.Add(new ConnectionClient { ConnectionId = id, ClientId = client.ClientId });
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync(ct);
        await write.CommitAsync(ct);
    }

    public Task<ClientGrant?> FindGrantAsync(string clientId, string storedAudience, CancellationToken ct) =>
        db.ClientGrants.AsNoTracking().SingleOrDefaultAsync(g => g.ClientId == clientId && g.Audience == storedAudience, ct);

    public async Task<IReadOnlySet<string>> ScriptOriginsAsync(CancellationToken ct)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var client in db.Clients.Select(c => new { c.WebOrigins, c.AllowedOrigins, c.Callbacks }).AsAsyncEnumerable().WithCancellation(ct))
        {
            foreach (var url in client.WebOrigins.Concat(client.AllowedOrigins).Concat(client.Callbacks))
            {
                if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
                    origins.Add(uri.GetLeftPart(UriPartial.Authority));
            }
        }

        return origins;
    }
}
