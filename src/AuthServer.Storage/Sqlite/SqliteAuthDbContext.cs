using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    public override bool IsMissing => new FileInfo(Database.GetDbConnection().DataSource) is not { Exists: true, Length: > 0 };

    /// <summary>A damaged file is found at the start, and not by whoever comes to the damaged page (security.md F15).</summary>
    public override Task<string?> ComplaintAsync(CancellationToken ct)
    {
        try
        {
            if (!IsMissing)
                SqliteBackup.Check(Database.GetDbConnection().DataSource);
            return Task.FromResult<string?>(null);
        }
        catch (InvalidDataException damaged)
        {
            return Task.FromResult<string?>($"{damaged.Message} Restore a backup (docs/operations.md).");
        }
    }

    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    public override bool IsUniqueViolation(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteExtendedErrorCode is 2067 or 1555;
}
