using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Authorizations;

internal sealed class RefreshTokenStore(IDatabase database, Tables tables) : IRefreshTokenStore
{
    private const string IsGood = "spent_at IS NULL AND expires_at > $2 AND EXISTS (SELECT 1 FROM grants g WHERE g.id = refresh_tokens.grant_id AND g.revoked_at IS NULL)";

    private static readonly Statement Spend = new($"UPDATE refresh_tokens SET spent_at = $2, child_id = $3, child_sealed = $4 WHERE id = $1 AND {IsGood}");
    private static readonly Statement Touch = new($"UPDATE refresh_tokens SET expires_at = $3 WHERE id = $1 AND {IsGood}");

    private static readonly Statement Repeatable = new(
        """
        SELECT 1 FROM refresh_tokens t
        JOIN grants g ON g.id = t.grant_id
        JOIN refresh_tokens child ON child.id = t.child_id
        WHERE t.id = $1 AND t.spent_at >= $3 AND t.spent_at <= $4 AND g.revoked_at IS NULL AND child.spent_at IS NULL AND child.expires_at > $2
        """);

    private readonly Statement find = new(
        $"SELECT {tables.RefreshTokens.Columns("t")}, {tables.Grants.Columns("g")} FROM refresh_tokens t JOIN grants g ON g.id = t.grant_id WHERE t.hash = $1");

    public Task<RefreshToken?> FindAsync(TokenHash hash, CancellationToken ct) => database.ReadAsync(
        find,
        row =>
        {
            var token = tables.RefreshTokens.Read(row);
            token.Grant = tables.Grants.Read(row, tables.RefreshTokens.Count);
            return token;
        },
        ct,
        hash.Bytes);

    public Task<bool> TryRotateAsync(RefreshToken used, RefreshToken next, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            if (await statements.ExecuteAsync(Spend, used.Id, now, used.ChildId, used.ChildSealed) == 0)
                return false;
            await statements.InsertAsync(tables.RefreshTokens, next);
            await StoreAsync(statements, accessToken);
            return true;
        },
        ct);

    public Task<bool> TryUseAsync(RefreshToken used, DateTimeOffset idleExpiry, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            if (await statements.ExecuteAsync(Touch, used.Id, now, idleExpiry) == 0)
                return false;
            await StoreAsync(statements, accessToken);
            return true;
        },
        ct);

    public Task<bool> TryRepeatAsync(RefreshToken spent, AccessToken? accessToken, DateTimeOffset spentSince, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            // A clock that was set back would stretch the leeway by as much; nodes may be as far apart as it is long.
            if (await statements.ReadNumberAsync(Repeatable, spent.Id, now, spentSince, now + (now - spentSince)) == 0)
                return false;
            await StoreAsync(statements, accessToken);
            return true;
        },
        ct);

    private async Task StoreAsync(Statements statements, AccessToken? accessToken)
    {
        if (accessToken is not null)
            await statements.InsertAsync(tables.AccessTokens, accessToken);
    }
}
