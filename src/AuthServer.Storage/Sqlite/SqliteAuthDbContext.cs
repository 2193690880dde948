using System.Data;
using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options)
{
    /// <summary>Bytes that are read in less than the time of a start.</summary>
    private const long ReadAtOnce = 64 * 1024 * 1024;

    /// <summary>Virtual machine instructions between two looks at the clock.</summary>
    private const int InstructionsBetweenChecks = 1000;

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

    /// <summary>SQLite has no timeout for statements: it asks from time to time whether to go on.</summary>
    public override async Task<T> ReadWithinAsync<T>(TimeSpan timeout, Func<Task<T>> read, CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        var handle = ((SqliteConnection)Database.GetDbConnection()).Handle!;
        var start = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(handle, InstructionsBetweenChecks, _ => MayGoOn() ? 0 : 1, null);
        try
        {
            return await read();
        }
        catch (SqliteException stopped) when (stopped.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            ct.ThrowIfCancellationRequested();
            throw new TimeoutException($"A read took longer than {timeout}.", stopped);
        }
        finally
        {
            raw.sqlite3_progress_handler(handle, 0, null, null);
            await Database.CloseConnectionAsync();
        }

        bool MayGoOn() => !ct.IsCancellationRequested && Stopwatch.GetElapsedTime(start) <= timeout;
    }

    public override Expression<Func<string?, bool>> Matches(IReadOnlyList<string> literals)
    {
        var pattern = string.Join('*', literals.Select(Escape));
        return text => EF.Functions.Glob(text!, pattern);

        static string Escape(string literal) => literal
            .Replace("[", "[[]", StringComparison.Ordinal)
            .Replace("*", "[*]", StringComparison.Ordinal)
            .Replace("?", "[?]", StringComparison.Ordinal);
    }

    /// <summary>Instants are stored as text, in UTC.</summary>
    protected override Func<SqlExpression, SqlExpression> DayTranslation => static instant =>
        new SqlFunctionExpression(
            "date", [instant], nullable: true, argumentsPropagateNullability: [true], typeof(string),
            new StringTypeMapping("TEXT", DbType.String));

    /// <summary>SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    public override bool IsUniqueViolation(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteExtendedErrorCode
            is 2067
                or 1555;
}
