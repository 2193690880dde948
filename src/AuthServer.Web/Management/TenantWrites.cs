using AuthServer.Storage;

namespace AuthServer.Web.Management;

/// <summary>
/// The writes of one request: one transaction, committed before the answer is sent. Administrators write one at a time,
/// on all nodes, because they read before they write.
/// </summary>
internal sealed class TenantWrites(AuthDbContext db, WriteSerializer serializer)
{
    private const string Name = "management";

    public async Task<TenantWrite> BeginAsync(CancellationToken ct) =>
        new(db, await serializer.BeginAsync(db, Name, ct));

    /// <summary>The same for a transaction that a store has begun.</summary>
    public Task LockAsync(CancellationToken ct) => db.LockAsync(Name, ct);
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
