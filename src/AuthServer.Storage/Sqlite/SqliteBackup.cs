using AuthServer.Storage.Authorizations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Copies of the embedded database, taken while a server writes to it: SQLite's online backup, one moment of the whole.
/// </summary>
public static class SqliteBackup
{
    /// <summary>
    /// Writes a copy of the database in <paramref name="dataDirectory"/> to a new file, and looks whether the copy is
    /// sound.
    /// </summary>
    /// <exception cref="InvalidDataException">There is no database, or its copy is damaged.</exception>
    public static void Copy(string dataDirectory, string target)
    {
        var source = Path.Combine(dataDirectory, StorageServices.DatabaseFile);
        if (!File.Exists(source))
            throw new InvalidDataException($"There is no store at {source}.");

        using var from = Open(source);
        using var to = Open(target);
        from.BackupDatabase(to);
        Check(to, target);
    }

    /// <exception cref="InvalidDataException">The file is not a valid database.</exception>
    public static void Check(string database)
    {
        try
        {
            using var connection = Open(database);
            Check(connection, database);
        }
        catch (SqliteException damaged) when (IsDamage(damaged))
        {
            throw new InvalidDataException($"{database} is not a readable database: {damaged.Message}", damaged);
        }
    }

    /// <summary>
    /// A file that is not a database, or not a whole one; a full disk and missing rights are not damage.
    /// </summary>
    private static bool IsDamage(SqliteException failure) =>
        failure is { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB }
            or { SqliteExtendedErrorCode: raw.SQLITE_IOERR_SHORT_READ };

    /// <summary>
    /// Ends every session and every authorization of a database that no server uses: nothing that was revoked since it
    /// was copied becomes valid again.
    /// </summary>
    public static async Task EndEverythingAsync(string dataDirectory, DateTimeOffset now, CancellationToken ct)
    {
        var options = new DbContextOptionsBuilder<SqliteAuthDbContext>()
            .UseSqlite($"Data Source={Path.Combine(dataDirectory, StorageServices.DatabaseFile)};Pooling=False")
            .AddInterceptors(new SqlitePragmas())
            .Options;
        await using var db = new SqliteAuthDbContext(options);
        await db.Authorizations.RevokeAsync(now, ct);
        await db.Sessions.ExecuteDeleteAsync(ct);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var wait = connection.CreateCommand();
        wait.CommandText = "PRAGMA busy_timeout=5000";
        wait.ExecuteNonQuery();
        return connection;
    }

    private static void Check(SqliteConnection connection, string path)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check";
        if (check.ExecuteScalar() as string != "ok")
            throw new InvalidDataException($"{path} is damaged.");
    }
}
