using AuthServer.Core;
using AuthServer.Core.Grants;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Grants;

internal sealed class AccessTokenStore(AuthDbContext db) : IAccessTokenStore
{
    public Task<AccessToken?> FindAsync(TokenHash hash, CancellationToken ct) =>
        db.AccessTokens.AsNoTracking().Include(t => t.Grant).SingleOrDefaultAsync(t => t.Hash == hash.Bytes, ct);

    public Task RevokeAsync(TokenHash hash, CancellationToken ct) =>
        db.AccessTokens.Where(t => t.Hash == hash.Bytes).ExecuteDeleteAsync(ct);
}
