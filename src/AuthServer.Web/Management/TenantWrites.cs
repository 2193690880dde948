using AuthServer.Storage;

namespace AuthServer.Web.Management;

/// <summary>
/// The writes of one request: one transaction, ended before the answer goes out. One administrator at a time, on all
/// nodes: they read before they write.
/// </summary>
internal sealed class TenantWrites(AuthDbContext db, WriteSerializer queue)
{
    public async Task<TenantWrite> BeginAsync(CancellationToken ct) =>
        new(db, await queue.BeginAsync(db, "management", ct));
}

internal sealed class TenantWrite(AuthDbContext db, WriteTransaction transaction) : IAsyncDisposable
{
    public async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
