using AuthServer.Core.Resources;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Resources;

internal sealed class ResourceServerStore(AuthDbContext db) : IResourceServerStore
{
    public Task<ResourceServer?> FindAsync(string storedIdentifier, CancellationToken ct) =>
        db.ResourceServers.AsNoTracking().SingleOrDefaultAsync(a => a.Identifier == storedIdentifier, ct);
}
