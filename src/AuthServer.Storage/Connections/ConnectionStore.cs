using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Connections;

internal sealed class ConnectionStore(ConfigurationCache cache) : IConnectionStore
{
    public ValueTask<IReadOnlyList<Connection>> ForClientAsync(string clientId, CancellationToken ct) =>
        ListAsync(
            $"for {clientId}",
            connections => connections.Where(c => c.Clients.Any(enabled => enabled.ClientId == clientId)),
            ct);

    public ValueTask<IReadOnlyList<Connection>> DomainLevelAsync(CancellationToken ct) =>
        ListAsync("domain-level", connections => connections.Where(c => c.IsDomainConnection), ct);

    public ValueTask<IReadOnlyList<Connection>> DatabasesAsync(CancellationToken ct) =>
        ListAsync("databases", connections => connections.Where(c => c.Strategy == Connection.DatabaseStrategy), ct);

    public ValueTask<IReadOnlyList<Connection>> AllAsync(CancellationToken ct) =>
        ListAsync("all", connections => connections, ct);

    public async ValueTask<Connection?> FindAsync(string id, CancellationToken ct) =>
        (await AllAsync(ct)).FirstOrDefault(connection => connection.Id == id);

    public async ValueTask<Connection?> FindByNameAsync(string name, CancellationToken ct) =>
        (await AllAsync(ct)).FirstOrDefault(connection => connection.Name == name);

    private async ValueTask<IReadOnlyList<Connection>> ListAsync(
        string name, Func<IQueryable<Connection>, IQueryable<Connection>> which,
        CancellationToken ct) =>
        (await cache.ReadAsync<IReadOnlyList<Connection>>(
                name, async db => await which(db.Connections.AsNoTracking()).OrderBy(c => c.Name).ToListAsync(ct)))!;
}
