using AuthServer.Core;
using AuthServer.Core.Requests;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Requests;

internal sealed class PushedRequestStore(AuthDbContext db, WriteQueue writes) : IPushedRequestStore
{
    public async Task AddAsync(PushedRequest pushed, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(pushed);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public Task<PushedRequest?> FindAsync(TokenHash reference, CancellationToken ct) =>
        db.PushedRequests.AsNoTracking().SingleOrDefaultAsync(p => p.Hash == reference.Bytes, ct);

    public async Task<bool> TryTakeAsync(PushedRequest pushed, CancellationToken ct) =>
        await db.PushedRequests.Where(p => p.Hash == pushed.Hash).ExecuteDeleteAsync(ct) == 1;
}
