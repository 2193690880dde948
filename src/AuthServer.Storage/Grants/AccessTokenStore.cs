using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Authorizations;

internal sealed class AccessTokenStore(IDatabase database, Tables tables) : IAccessTokenStore
{
    private static readonly Statement Remove = new("DELETE FROM access_tokens WHERE hash = $1");

    private readonly Statement find = new(
        $"SELECT {tables.AccessTokens.Columns("t")}, {tables.Grants.Columns("g")} FROM access_tokens t JOIN grants g ON g.id = t.grant_id WHERE t.hash = $1");

    public Task<AccessToken?> FindAsync(TokenHash hash, CancellationToken ct) => database.ReadAsync(
        find,
        row =>
        {
            var token = tables.AccessTokens.Read(row);
            token.Grant = tables.Grants.Read(row, tables.AccessTokens.Count);
            return token;
        },
        ct,
        hash.Bytes);

    public Task RevokeAsync(TokenHash hash, CancellationToken ct) => database.WriteAsync(Remove, ct, hash.Bytes);
}
