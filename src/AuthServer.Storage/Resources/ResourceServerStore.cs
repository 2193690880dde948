using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Resources;

internal sealed class ResourceServerStore(ConfigurationCache cache) : IResourceServerStore
{
    public ValueTask<ResourceServer?> FindAsync(string storedIdentifier, CancellationToken ct) =>
        cache.ReadAsync<ResourceServer>(
            storedIdentifier,
            db => db.ResourceServers.AsNoTracking().SingleOrDefaultAsync(a => a.Name == storedIdentifier, ct));
}
