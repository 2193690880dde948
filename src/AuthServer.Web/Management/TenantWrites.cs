using AuthServer.Storage;
using AuthServer.Web.Http;

namespace AuthServer.Web.Management;

/// <summary>The writes of one request: one transaction, ended before the answer goes out. One administrator at a time, on all nodes: they read before they write.</summary>
internal sealed class TenantWrites(AuthDbContext db, WriteQueue queue, TenantSource tenants)
{
    public async Task<TenantWrite> BeginAsync(CancellationToken ct) => new(db, await queue.BeginAsync(db, "management", ct), tenants);
}

internal sealed class TenantWrite(AuthDbContext db, WriteTransaction transaction, TenantSource tenants) : IAsyncDisposable
{
    public async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>For what every request sees of its tenant: settings, keys, and the origins of clients.</summary>
    public async Task SaveAndRefreshAsync(CancellationToken ct)
    {
        await db.AnnounceAsync(ct);
        await SaveAsync(ct);
        tenants.Invalidate();
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
