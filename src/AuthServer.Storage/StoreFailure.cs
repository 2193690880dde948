using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace AuthServer.Storage;

/// <summary>
/// Recognizes that the store can't be read or written, however deep the reason is wrapped.
/// </summary>
public static class StoreFailure
{
    public static bool Is(Exception failure) =>
        Reasons(failure).Any(reason => reason is DbException or DbUpdateException);

    /// <returns>Description of the store's failure, as part of a sentence; null when the failure is another
    /// one.</returns>
    public static string? CauseOf(Exception failure)
    {
        if (Reasons(failure).OfType<DbException>().FirstOrDefault() is not { } reason)
            return null;
        return reason switch
        {
            PostgresException postgres => postgres.MessageText,
            SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } => "the database is read-only",
            SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => "the disk is full",
            SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN } => "the database can't be opened",
            _ => string.Join(": ", Reasons(reason).Select(one => one.Message.TrimEnd('.'))),
        };
    }

    private static IEnumerable<Exception> Reasons(Exception failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
            yield return reason;
    }
}
