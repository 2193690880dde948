using AuthServer.Core.Clients;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Clients;

internal sealed class ClientStore(AuthDbContext db) : IClientStore
{
    public Task<Client?> FindAsync(string clientId, CancellationToken ct) =>
        db.Clients.AsNoTracking().Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == clientId, ct);

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
