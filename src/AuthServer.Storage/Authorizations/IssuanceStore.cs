using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage.Sql;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

/// <summary>Each conditional update also writes a new concurrency token, by which OpenIddict notices it.</summary>
internal sealed class IssuanceStore(IDatabase database, Tables tables) : IIssuanceStore
{
    private const string Valid = $"'{Statuses.Valid}'";
    private const string Redeemed = $"'{Statuses.Redeemed}'";

    private const string IsLive =
        $"""
         status = {Valid} AND expiration_date > $2
             AND EXISTS (SELECT 1 FROM authorizations a WHERE a.id = tokens.authorization_id AND a.status = {Valid})
         """;

    private static readonly Statement RedeemPushedRequest = new(
        $"""
         UPDATE tokens SET status = {Redeemed}, redemption_date = $2, concurrency_token = $3
         WHERE id = $1 AND status = {Valid}
         """);

    private static readonly Statement RedeemCode = new(
        $"""
         UPDATE tokens SET status = {Redeemed}, redemption_date = $2, concurrency_token = $3
         WHERE id = $1 AND failures < $4 AND {IsLive}
         """);

    private static readonly Statement RedeemRefreshToken = new(
        $"""
         UPDATE tokens SET status = {Redeemed}, redemption_date = $2, concurrency_token = $3,
             successor_id = $4, encrypted_successor = $5
         WHERE id = $1 AND {IsLive}
         """);

    private static readonly Statement Extend = new(
        $"UPDATE tokens SET expiration_date = $4, concurrency_token = $3 WHERE id = $1 AND {IsLive}");

    private static readonly Statement CountFailure = new(
        "UPDATE tokens SET failures = failures + 1, concurrency_token = $2 WHERE id = $1");

    private static readonly Statement FindRepeatable = new(
        $"""
         SELECT 1 FROM tokens t
         JOIN authorizations a ON a.id = t.authorization_id
         JOIN tokens successor ON successor.id = t.successor_id
         WHERE t.id = $1 AND t.status = {Redeemed} AND t.redemption_date >= $3 AND t.redemption_date <= $4
             AND a.status = {Valid} AND successor.status = {Valid} AND successor.expiration_date > $2
         """);

    private static readonly Statement SetFirstGrant = new(
        "UPDATE clients SET first_grant_at = $1 WHERE id = $2 AND is_self_registered AND first_grant_at IS NULL");

    /// <summary>
    /// The client must be notified of the end of the session; a session that has ended meanwhile notifies of nothing.
    /// </summary>
    private static readonly Statement AddSessionClient = new(
        """
        INSERT INTO session_clients (session_id, client_id, sid)
        SELECT id, $1, id FROM sessions WHERE id = $2 ON CONFLICT DO NOTHING
        """);

    public Task<bool> TryAddAsync(NewAuthorization created, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            var authorization = created.Authorization;
            if (created.PushedRequest is { } pushed && !await TryRedeemAsync(statements, pushed, authorization))
                return false;
            await statements.InsertAsync(tables.Authorizations, authorization);
            await InsertAsync(statements, created.Tokens);
            await statements.ExecuteAsync(SetFirstGrant, authorization.CreationDate, authorization.ApplicationId);
            await statements.ExecuteAsync(AddSessionClient, authorization.ClientId, authorization.SessionId);
            return true;
        },
        ct);

    public Task AddPushedRequestAsync(Token pushed, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            await statements.InsertAsync(tables.Tokens, pushed);
            return true;
        },
        ct);

    public Task<bool> TryRedeemPushedRequestAsync(Token pushed, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(RedeemPushedRequest, ct, pushed.Id, now, NewConcurrencyToken());

    public Task<bool> TryRedeemAsync(
        Token code, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(issued, RedeemCode, ct, code.Id, now, NewConcurrencyToken(), AuthorizationCodes.MaxFailures);

    public Task CountFailureAsync(Token code, CancellationToken ct) =>
        database.WriteAsync(CountFailure, ct, code.Id, NewConcurrencyToken());

    public Task<bool> TryRotateAsync(
        Token used, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(
            issued,
            RedeemRefreshToken,
            ct,
            used.Id,
            now,
            NewConcurrencyToken(),
            used.SuccessorId,
            used.EncryptedSuccessor);

    public Task<bool> TryUseAsync(
        Token used, DateTimeOffset idleExpiry, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(issued, Extend, ct, used.Id, now, NewConcurrencyToken(), idleExpiry);

    public Task<bool> TryRepeatAsync(
        Token rotated,
        IReadOnlyList<Token> issued,
        DateTimeOffset redeemedSince,
        DateTimeOffset now,
        CancellationToken ct) =>
        database.WriteAsync(
            async statements =>
            {
                // A clock that was set back would stretch the leeway; nodes may be as far apart as it is long.
                var redeemedUntil = now + (now - redeemedSince);
                object[] values = [rotated.Id, now, redeemedSince, redeemedUntil];
                if (await statements.ReadNumberAsync(FindRepeatable, values) == 0)
                    return false;
                await InsertAsync(statements, issued);
                return true;
            },
            ct);

    private static async Task<bool> TryRedeemAsync(Statements statements, Token pushed, Authorization answer) =>
        await statements.ExecuteAsync(RedeemPushedRequest, pushed.Id, answer.CreationDate, NewConcurrencyToken()) > 0;

    private static string NewConcurrencyToken() => OpaqueToken.Hex(32);

    private Task<bool> WriteAsync(
        IReadOnlyList<Token> issued, Statement conditional, CancellationToken ct, params object?[] values) =>
        database.WriteAsync(
            async statements =>
            {
                if (await statements.ExecuteAsync(conditional, values) == 0)
                    return false;
                await InsertAsync(statements, issued);
                return true;
            },
            ct);

    private async Task InsertAsync(Statements statements, IReadOnlyList<Token> tokens)
    {
        foreach (var token in tokens)
            await statements.InsertAsync(tables.Tokens, token);
    }
}
