using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Storage.Logs;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Clients;

internal sealed class ClientStore(ConfigurationCache cache, IDatabase database, Tables tables, LogEventStore log)
    : IClientStore
{
    public ValueTask<Client?> FindAsync(string clientId, CancellationToken ct) =>
        cache.ReadAsync<Client>(
            clientId,
            db =>
                db.Clients.AsNoTracking()
                    .Include(c => c.Credentials)
                    .SingleOrDefaultAsync(c => c.ClientId == clientId, ct));

    public ValueTask<Client?> FindAsync(Guid id, CancellationToken ct) => cache.ReadAsync<Client>(
        id.ToString(),
        db => db.Clients.AsNoTracking().Include(c => c.Credentials).SingleOrDefaultAsync(c => c.Id == id, ct));

    public Task RegisterAsync(
        Client client, IReadOnlyList<string> connectionIds, LogEvent registered,
        CancellationToken ct) =>
        database.WriteAsync(
            async statements =>
            {
                await statements.InsertAsync(tables.Clients, client);
                foreach (var id in connectionIds)
                    await statements.InsertAsync(
                        tables.ConnectionClients,
                        new ConnectionClient { ConnectionId = id, ClientId = client.ClientId });
                await database.AnnounceAsync(statements);
                await log.InsertAsync(statements, [registered]);
                return true;
            },
            ct);

    public ValueTask<ClientGrant?> FindGrantAsync(string clientId, string storedAudience, CancellationToken ct) =>
        cache.ReadAsync<ClientGrant>(
            $"{clientId} {storedAudience}",
            db =>
                db.ClientGrants.AsNoTracking()
                    .SingleOrDefaultAsync(g => g.ClientId == clientId && g.Audience == storedAudience, ct));

    public Task<IReadOnlySet<string>> ScriptOriginsAsync(CancellationToken ct) =>
        cache.AskAsync(db => ScriptOriginsAsync(db, ct));

    public async ValueTask<MobileDocuments> MobileDocumentsAsync(CancellationToken ct) =>
        (await cache.ReadAsync(nameof(MobileDocuments), async db =>
        {
            var clients = await db.Clients.AsNoTracking()
                .Where(c => c.Properties!.Contains(MobileApp.Name)).OrderBy(c => c.ClientId).ToListAsync(ct);
            return (MobileDocuments?)MobileDocuments.Of([.. clients.Select(MobileApp.Of)]);
        }))!;

    private static async Task<IReadOnlySet<string>> ScriptOriginsAsync(AuthDbContext db, CancellationToken ct)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        var clients = db.Clients.Select(c => new { c.WebOrigins, c.AllowedOrigins, c.RedirectUris });
        await foreach (var client in clients.AsAsyncEnumerable().WithCancellation(ct))
        {
            var callbacks = JsonText.ReadList(client.RedirectUris);
            foreach (var url in client.WebOrigins.Concat(client.AllowedOrigins).Concat(callbacks))
            {
                if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
                    origins.Add(uri.GetLeftPart(UriPartial.Authority));
            }
        }

        return origins;
    }
}
