using AuthServer.Core;
using AuthServer.Core.Requests;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Requests;

internal sealed class PushedRequestStore(Lazy<AuthDbContext> context, WriteQueue writes) : IPushedRequestStore
{
    private AuthDbContext Db => context.Value;

    public async Task AddAsync(PushedRequest pushed, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        Db.Add(pushed);
        await Db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public Task<PushedRequest?> FindAsync(TokenHash reference, CancellationToken ct) =>
        Db.PushedRequests.AsNoTracking().SingleOrDefaultAsync(p => p.Hash == reference.Bytes, ct);

    public async Task<bool> TryTakeAsync(PushedRequest pushed, CancellationToken ct) =>
        await Db.PushedRequests.Where(p => p.Hash == pushed.Hash).ExecuteDeleteAsync(ct) == 1;
}
