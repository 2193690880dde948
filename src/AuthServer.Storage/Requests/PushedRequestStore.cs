using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Requests;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Requests;

internal sealed class PushedRequestStore(
    Lazy<AuthDbContext> context, WriteQueue writes, TimeProvider time) : IPushedRequestStore
{
    private AuthDbContext Db => context.Value;

    public async Task AddAsync(Token pushed, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        Db.Add(pushed);
        await Db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public Task<Token?> FindAsync(TokenHash reference, CancellationToken ct)
    {
        var referenceId = reference.ReferenceId;
        return Db.PushedRequests.AsNoTracking()
            .SingleOrDefaultAsync(p => p.ReferenceId == referenceId && p.Status == Statuses.Valid, ct);
    }

    public async Task<bool> TryRedeemAsync(Token pushed, CancellationToken ct)
    {
        var (now, concurrencyToken) = (time.GetUtcNow().UtcDateTime, OpaqueToken.Hex(32));
        return await Db.PushedRequests.Where(p => p.Id == pushed.Id && p.Status == Statuses.Valid).ExecuteUpdateAsync(
            set => set
                .SetProperty(p => p.Status, Statuses.Redeemed)
                .SetProperty(p => p.RedemptionDate, now)
                .SetProperty(p => p.ConcurrencyToken, concurrencyToken),
            ct) == 1;
    }
}
