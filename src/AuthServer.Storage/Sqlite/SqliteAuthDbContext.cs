using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    public override bool IsMissing => new FileInfo(Database.GetDbConnection().DataSource) is not { Exists: true, Length: > 0 };

    /// <summary>A damaged file is found at the start, and not by whoever comes to the damaged page (security.md F15).</summary>
    public override async Task<string?> ComplaintAsync(CancellationToken ct)
    {
        try
        {
            var found = await Database.SqlQuery<string>($"""SELECT quick_check AS "Value" FROM pragma_quick_check(1)""").ToListAsync(ct);
            return found is ["ok"] ? null : Damaged(found[0]);
        }
        catch (SqliteException unreadable) when (unreadable.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return Damaged(unreadable.Message);
        }
    }

    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    public override bool IsUniqueViolation(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteExtendedErrorCode is 2067 or 1555;

    private string Damaged(string how) => $"{Database.GetDbConnection().DataSource} is damaged ({how}). Restore a backup (docs/operations.md).";
}
