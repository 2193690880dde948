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
        "UPDATE clients SET first_grant_at = $1 WHERE id = $2 AND first_grant_at IS NULL");

    /// <summary>The client must be notified of the end of the session.</summary>
    private static readonly Statement AddSessionClient = new(
        "INSERT INTO session_clients (session_id, client_id, sid) VALUES ($2, $1, $2) ON CONFLICT DO NOTHING");

    private readonly Statement holdSession = new($"SELECT 1 FROM sessions WHERE id = $1{database.RowLock}");

    private readonly Statement holdPassword = new(
        $"""
         SELECT 1 FROM users WHERE user_id = $1 AND last_password_reset IS NOT DISTINCT FROM $2{database.RowLock}
         """);

    public async Task<NewAuthorizationOutcome> AddAsync(NewAuthorization created, CancellationToken ct)
    {
        var outcome = NewAuthorizationOutcome.Stored;
        await database.WriteAsync(
            async statements =>
            {
                outcome = await AddAsync(statements, created);
                return outcome is NewAuthorizationOutcome.Stored;
            },
            ct);
        return outcome;
    }

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

    private async Task<NewAuthorizationOutcome> AddAsync(Statements statements, NewAuthorization created)
    {
        var (authorization, session) = (created.Authorization, created.Authorization.SessionId);
        if (created.PushedRequest is { } pushed && !await TryRedeemAsync(statements, pushed, authorization))
            return NewAuthorizationOutcome.RequestUsed;
        if (created.Password is { } password
            && await statements.ReadNumberAsync(holdPassword, password.UserId, password.SetAt) == 0)
            return NewAuthorizationOutcome.PasswordChanged;
        if (session.Length > 0 && await statements.ReadNumberAsync(holdSession, session) == 0)
            return NewAuthorizationOutcome.SessionEnded;

        await statements.InsertAsync(tables.Authorizations, authorization);
        await InsertAsync(statements, created.Tokens);
        if (created.MayBeFirstGrant)
            await statements.ExecuteAsync(SetFirstGrant, authorization.CreationDate, authorization.ApplicationId);
        if (session.Length > 0)
            await statements.ExecuteAsync(AddSessionClient, authorization.ClientId, session);
        return NewAuthorizationOutcome.Stored;
    }

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
