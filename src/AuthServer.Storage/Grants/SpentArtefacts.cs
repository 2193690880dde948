using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Authorizations;

internal sealed class ReplayCache(IDatabase database) : IReplayCache
{
    private static readonly Statement Spend = new("INSERT INTO spent_artefacts (hash, keep_until) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING");
    private static readonly Statement Find = new("SELECT 'spent' FROM spent_artefacts WHERE hash = $1");

    public Task<bool> TrySpendAsync(TokenHash artefact, DateTimeOffset keepUntil, CancellationToken ct) => database.WriteAsync(Spend, ct, artefact.Bytes, keepUntil);

    public async Task<bool> IsSpentAsync(TokenHash artefact, CancellationToken ct) =>
        await database.ReadAsync(Find, row => row.GetString(0), ct, artefact.Bytes) is not null;
}
