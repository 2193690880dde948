using AuthServer.Core.Connections;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Connections;

internal sealed class ConnectionStore(AuthDbContext db) : IConnectionStore
{
    public async Task<IReadOnlyList<Connection>> ForClientAsync(string clientId, CancellationToken ct) =>
        await db.Connections.AsNoTracking()
            .Where(c => c.Clients.Any(enabled => enabled.ClientId == clientId))
            .OrderBy(c => c.Name)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<Connection>> DomainLevelAsync(CancellationToken ct) =>
        await db.Connections.AsNoTracking().Where(c => c.IsDomainConnection).OrderBy(c => c.Name).ToListAsync(ct);

    public async Task<IReadOnlyList<Connection>> DatabasesAsync(CancellationToken ct) =>
        await db.Connections.AsNoTracking().Where(c => c.Strategy == Connection.DatabaseStrategy).OrderBy(c => c.Name).ToListAsync(ct);

    public async Task<IReadOnlyList<Connection>> AllAsync(CancellationToken ct) =>
        await db.Connections.AsNoTracking().OrderBy(c => c.Name).ToListAsync(ct);

    public Task<Connection?> FindAsync(string id, CancellationToken ct) =>
        db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
}
