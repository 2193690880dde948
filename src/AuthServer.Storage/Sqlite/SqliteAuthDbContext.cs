using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    public override bool IsUniqueViolation(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteExtendedErrorCode is 2067 or 1555;
}
