using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage.Sql;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

internal sealed class StoredTokens(IDatabase database, Tables tables) : IStoredTokens
{
    private static readonly Statement Revoke = new(
        $"UPDATE tokens SET status = '{Statuses.Revoked}', concurrency_token = $2 WHERE reference_id = $1");

    private static readonly Statement Extend = new(
        $"""
         UPDATE tokens SET concurrency_token = $3,
             expiration_date = CASE WHEN expiration_date < $2 THEN $2 ELSE expiration_date END
         WHERE reference_id = $1 AND status = '{Statuses.Valid}'
         """);

    private readonly Statement find = new(
        $"""
         SELECT {tables.Tokens.Columns("t")}, {tables.Authorizations.Columns("a")}, {tables.Users.Columns("u")}
         FROM tokens t
         LEFT JOIN authorizations a ON a.id = t.authorization_id
         LEFT JOIN users u ON u.user_id = a.user_id
         WHERE t.reference_id = $1
         """);

    public async Task<Token?> FindAsync(TokenHash hash, string type, CancellationToken ct) =>
        await FindAsync(hash.ReferenceId, ct) is { } token && token.Type == type ? token : null;

    public Task<Token?> FindAsync(string referenceId, CancellationToken ct) => database.ReadAsync(
        find,
        row =>
        {
            var token = tables.Tokens.Read(row);
            if (token.AuthorizationId is not null)
                token.Authorization = tables.ReadWithUser(row, tables.Tokens.Count);
            return token;
        },
        ct,
        referenceId);

    public Task<bool> TryExtendAsync(string referenceId, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync(Extend, ct, referenceId, until, OpaqueToken.Hex(32));

    public Task RevokeAsync(TokenHash hash, CancellationToken ct) =>
        database.WriteAsync(Revoke, ct, hash.ReferenceId, OpaqueToken.Hex(32));
}
