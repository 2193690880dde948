using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Faults;

/// <summary>
/// Fills a store with authorizations that each have a live refresh token, five of each user, who has a session and a
/// consent: copies of the rows of one user who is signed in.
/// </summary>
internal static class LiveAuthorizations
{
    private const int OfUser = 5;
    private const string Number = "CAST(1000000000 + n.i AS text)";
    private static readonly string UserNumber = $"CAST(1000000000 + n.i / {OfUser} AS text)";

    public static async Task FillAsync(Deployment deployment, int count)
    {
        await using var provider = deployment.OpenStore();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var token = await db.Tokens
            .Where(t => t.Type == TokenTypeIdentifiers.RefreshToken && t.Status == Statuses.Valid)
            .OrderBy(t => t.Id).FirstAsync();
        var authorization = await db.Authorizations.SingleAsync(a => a.Tokens.Contains(token));
        var (uuid, bytes) = deployment.Place.Embedded ? ("text", "blob") : ("uuid", "bytea");
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));

        await CopyAsync<User>(count / OfUser, "user_id", authorization.UserId, new()
        {
            ["user_id"] = $"'auth0|' || {Number}",
            ["email"] = $"{Number} || '@example.com'",
            ["normalized_email"] = $"{Number} || '@example.com'",
        });
        await CopyAsync<Session>(count / OfUser, "id", authorization.SessionId, new()
        {
            ["id"] = $"'session' || {Number}",
            ["hash"] = $"CAST({Scattered} AS {bytes})",
            ["user_id"] = $"'auth0|' || {Number}",
        });
        var ofUser = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = Id(8001),
            ["user_id"] = $"'auth0|' || {UserNumber}",
            ["subject"] = $"'auth0|' || {UserNumber}",
            ["session_id"] = $"'session' || {UserNumber}",
            ["public_id"] = "NULL",
        };
        await CopyAsync<Authorization>(count, "id", authorization.Id, ofUser);
        await CopyAsync<Token>(count, "id", token.Id, new()
        {
            ["id"] = Id(8002),
            ["authorization_id"] = Id(8001),
            ["subject"] = $"'auth0|' || {UserNumber}",
            ["reference_id"] = Scattered,
        });
        await CopyAsync<Authorization>(count / OfUser, "id", authorization.Id, new(ofUser, StringComparer.Ordinal)
        {
            ["id"] = Id(8003),
            ["user_id"] = $"'auth0|' || {Number}",
            ["subject"] = $"'auth0|' || {Number}",
            ["type"] = $"'{AuthorizationTypes.Permanent}'",
        });

        // As the stores are after some minutes: the log of changes in the file, statistics gathered.
        await db.Database.ExecuteSqlRawAsync(
            deployment.Place.Embedded ? "PRAGMA wal_checkpoint(TRUNCATE)" : "ANALYZE");

        string Id(int part) => $"CAST('01900000-0000-7000-{part}-' || CAST(100000000000 + n.i AS text) AS {uuid})";

        async Task CopyAsync<T>(int rows, string key, object value, Dictionary<string, string> changed)
        {
            var table = db.Model.FindEntityType(typeof(T))!;
            var columns = table.GetProperties().Select(property => property.GetColumnName()).ToList();
            var values = columns.Select(column => changed.GetValueOrDefault(column, "t." + column));
            Report.Progress($"{deployment.Place.Name}, {table.GetTableName()}", 0, rows);
            var sql =
                $"""
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows})
                INSERT INTO {table.GetTableName()} ({string.Join(", ", columns)})
                SELECT {string.Join(", ", values)} FROM n CROSS JOIN {table.GetTableName()} t WHERE t.{key} = @value
                """;
            await db.Database.ExecuteSqlRawAsync(
                sql,
                deployment.Place.Embedded
                    ? new Microsoft.Data.Sqlite.SqliteParameter("value", value)
                    : new Npgsql.NpgsqlParameter("value", value));
        }
    }

    /// <summary>Unique, and in the order of a hash.</summary>
    private static string Scattered => "CAST((CAST(n.i AS bigint) * 2654435761) % 4294967296 AS text) || '=reference'";
}
