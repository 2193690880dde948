using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Authorizations;

internal sealed class GrantStore(IDatabase database, Tables tables) : IGrantStore
{
    private static readonly Statement TakePushed = new("DELETE FROM pushed_requests WHERE hash = $1");
    private static readonly Statement NoteFirstGrant = new("UPDATE clients SET first_grant_at = $1 WHERE client_id = $2 AND is_self_registered AND first_grant_at IS NULL");
    private static readonly Statement CountFailure = new("UPDATE authorization_codes SET failures = failures + 1 WHERE hash = $1");
    private static readonly Statement Revoke = new("UPDATE grants SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL");

    /// <summary>The session has to tell this client of its end; one that has ended meanwhile has nothing to tell any more.</summary>
    private static readonly Statement RememberClient = new(
        "INSERT INTO session_clients (session_id, client_id, sid) SELECT id, $1, id FROM sessions WHERE id = $2 ON CONFLICT DO NOTHING");

    private static readonly Statement Redeem = new(
        """
        UPDATE authorization_codes SET redeemed_at = $1
        WHERE hash = $2 AND redeemed_at IS NULL AND expires_at > $3 AND failures < $4
            AND EXISTS (SELECT 1 FROM grants g WHERE g.id = authorization_codes.grant_id AND g.revoked_at IS NULL)
        """);

    private readonly Statement findCode = new(
        $"SELECT {tables.Codes.Columns("c")}, {tables.Grants.Columns("g")} FROM authorization_codes c JOIN grants g ON g.id = c.grant_id WHERE c.hash = $1");

    /// <summary>By the user's own name or by that of a pairwise client, each by its index: an OR over both would be looked for in neither.</summary>
    private readonly (Statement ByUser, Statement ByPairwise) live = (Live(tables, "user_id = $1 AND pairwise_subject IS NULL"), Live(tables, "pairwise_subject = $1"));

    public Task<bool> TryAddAsync(Grant grant, FirstArtefacts artefacts, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            if (artefacts.Answers is { } pushed && await statements.ExecuteAsync(TakePushed, pushed.Hash) == 0)
                return false;
            await statements.InsertAsync(tables.Grants, grant);
            if (artefacts.Code is { } code)
                await statements.InsertAsync(tables.Codes, code);
            await StoreAsync(statements, artefacts.RefreshToken, artefacts.AccessToken);
            await statements.ExecuteAsync(NoteFirstGrant, grant.CreatedAt, grant.ClientId);
            await statements.ExecuteAsync(RememberClient, grant.ClientId, grant.SessionId);
            return true;
        },
        ct);

    public Task<AuthorizationCode?> FindCodeAsync(TokenHash hash, CancellationToken ct) => database.ReadAsync(
        findCode,
        row =>
        {
            var code = tables.Codes.Read(row);
            code.Grant = tables.Grants.Read(row, tables.Codes.Count);
            return code;
        },
        ct,
        hash.Bytes);

    public Task<bool> TryRedeemAsync(AuthorizationCode code, RefreshToken? refreshToken, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            if (await statements.ExecuteAsync(Redeem, now, code.Hash, now, AuthorizationCodes.MaxFailures) == 0)
                return false;
            await StoreAsync(statements, refreshToken, accessToken);
            return true;
        },
        ct);

    public Task CountFailureAsync(AuthorizationCode code, CancellationToken ct) => database.WriteAsync(CountFailure, ct, code.Hash);

    public Task RevokeAsync(Guid grantId, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(Revoke, ct, now, grantId);

    public async Task<Grant?> FindLiveGrantAsync(string subject, string clientId, string? audience, string? organizationId, DateTimeOffset issuedAt, CancellationToken ct)
    {
        // A JWT's iat has whole seconds: the grant may be up to one second younger than it says.
        object?[] wanted = [subject, clientId, audience ?? "", organizationId ?? "", issuedAt.AddSeconds(1)];
        return await database.ReadAsync(live.ByUser, row => tables.Grants.Read(row), ct, wanted)
            ?? await database.ReadAsync(live.ByPairwise, row => tables.Grants.Read(row), ct, wanted);
    }

    private static Statement Live(Tables tables, string whose) => tables.Grants.Where(
        $"{whose} AND client_id = $2 AND coalesce(audience, '') = $3 AND coalesce(organization_id, '') = $4 AND revoked_at IS NULL AND created_at < $5 ORDER BY created_at DESC LIMIT 1");

    private async Task StoreAsync(Statements statements, RefreshToken? refreshToken, AccessToken? accessToken)
    {
        if (refreshToken is not null)
            await statements.InsertAsync(tables.RefreshTokens, refreshToken);
        if (accessToken is not null)
            await statements.InsertAsync(tables.AccessTokens, accessToken);
    }
}
