using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Settings of each connection, since SQLite does not store them. <c>synchronous=FULL</c>: a commit is on the disk
/// before it is acknowledged. SQLite's own <c>upper()</c> converts ASCII letters only.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text =
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        + "PRAGMA wal_autocheckpoint=1000; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;";

    public const string Reader = Text + "PRAGMA query_only=ON";

    /// <summary>Pages that a savepoint may have to restore stay in memory; otherwise they are files.</summary>
    public const string Writer = Text + "PRAGMA temp_store=MEMORY";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        DefineUpper(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        DefineUpper(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = Text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void DefineUpper(DbConnection connection) => ((SqliteConnection)connection).CreateFunction(
        "upper", (string? text) => text is null ? null : AuthDbContext.Upper(text), isDeterministic: true);
}
