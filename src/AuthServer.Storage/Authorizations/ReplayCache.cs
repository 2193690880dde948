using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Authorizations;

internal sealed class ReplayCache(IDatabase database) : IReplayCache
{
    private static readonly Statement Add = new(
        "INSERT INTO replay_cache (hash, keep_until) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING");

    private static readonly Statement Find = new("SELECT 'known' FROM replay_cache WHERE hash = $1");

    public Task<bool> TryAddAsync(TokenHash value, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.WriteAsync(Add, ct, value.Bytes, keepUntil);

    public async Task<bool> ContainsAsync(TokenHash value, CancellationToken ct) =>
        await database.ReadAsync(Find, row => row.GetString(0), ct, value.Bytes) is not null;
}
