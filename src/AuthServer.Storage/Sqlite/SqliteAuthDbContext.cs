using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    /// <summary>Bytes that are read in less than the time of a start.</summary>
    private const long ReadAtOnce = 64 * 1024 * 1024;

    public override string Place => File.FullName;

    public override bool IsEmbedded => true;

    public override bool IsMissing => File is not { Exists: true, Length: > 0 };

    private FileInfo File => new(Database.GetDbConnection().DataSource);

    /// <summary>
    /// A damaged file is found at the start, or soon after it when it is large, and not by the request that reads the
    /// damaged page.
    /// </summary>
    public override Task<string?> CheckIntegrityAsync(bool thorough, CancellationToken ct)
    {
        try
        {
            if (File is { Exists: true, Length: > 0 } file && thorough == file.Length > ReadAtOnce)
                SqliteBackup.Check(file.FullName);
            return Task.FromResult<string?>(null);
        }
        catch (InvalidDataException damaged)
        {
            return Task.FromResult<string?>($"{damaged.Message} Restore a backup (docs/operations.md).");
        }
    }

    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    public override bool IsUniqueViolation(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteExtendedErrorCode
            is 2067
                or 1555;
}
