using AuthServer.Core;
using AuthServer.Core.Grants;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Grants;

internal sealed class SpentArtefacts(AuthDbContext db) : ISpentArtefacts
{
    public async Task<bool> TrySpendAsync(TokenHash artefact, DateTimeOffset keepUntil, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO spent_artefacts (hash, keep_until) VALUES ({artefact.Bytes}, {keepUntil.UtcDateTime}) ON CONFLICT (hash) DO NOTHING", ct) == 1;

    public Task<bool> IsSpentAsync(TokenHash artefact, CancellationToken ct) =>
        db.SpentArtefacts.AnyAsync(s => s.Hash == artefact.Bytes, ct);
}
