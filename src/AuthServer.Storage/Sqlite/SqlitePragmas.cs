using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Settings of each connection, since SQLite does not store them. <c>synchronous=FULL</c>: a commit is on the disk
/// before it is acknowledged.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000; "
        + "PRAGMA wal_autocheckpoint=1000; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
