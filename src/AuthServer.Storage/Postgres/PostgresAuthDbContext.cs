using System.Data;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace AuthServer.Storage.Postgres;

public sealed class PostgresAuthDbContext(DbContextOptions<PostgresAuthDbContext> options) : AuthDbContext(options)
{
    /// <summary>What a server must promise before anything is kept there.</summary>
    private static readonly (string Setting, string Consequence)[] MustBeOn =
    [
        (
            "synchronous_commit",
            "it acknowledges a commit before it is on the disk, and after a crash spent codes, rotated refresh "
                + "tokens and revocations would come back."),
        ("fsync", "after a crash of the machine the database may be lost."),
        ("full_page_writes", "after a crash of the machine the database may be lost."),
    ];

    public override string Place => $"{Database.GetDbConnection().DataSource}/{Database.GetDbConnection().Database}";

    public override async Task<string?> CheckIntegrityAsync(bool thorough, CancellationToken ct)
    {
        foreach (var (setting, consequence) in MustBeOn)
        {
            var found = await Database
                .SqlQuery<string>($"""SELECT current_setting({setting}) AS "Value" """)
                .ToListAsync(ct);
            if (found[0] == "off")
                return $"PostgreSQL runs with {setting}=off: {consequence} Set {setting} = on for this database, and "
                    + "start again.";
        }

        return null;
    }

    public override async Task RunExclusiveAsync(string name, Func<Task> work, CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        try
        {
            // Of the session, not of a transaction: it spans several, and ends with the connection at the latest.
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock(hashtextextended({name}, 0))", ct);
            try
            {
                await work();
            }
            finally
            {
                await Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_unlock(hashtextextended({name}, 0))", CancellationToken.None);
            }
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    public override Task LockAsync(string name, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);

    public override Task LockUsersAsync(string[] userIds, CancellationToken ct) => Database.ExecuteSqlAsync(
        $"SELECT FROM users WHERE user_id = ANY ({userIds}) ORDER BY user_id FOR NO KEY UPDATE", ct);

    internal override Task AnnounceAsync(CancellationToken ct) =>
        Database.ExecuteSqlRawAsync($"NOTIFY {PostgresChangeListener.Channel}", ct);

    public override async Task<T> ReadWithinAsync<T>(TimeSpan timeout, Func<Task<T>> read, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        var milliseconds = Math.Ceiling(timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await Database.ExecuteSqlAsync($"SELECT set_config('statement_timeout', {milliseconds}, true)", ct);
        try
        {
            var result = await read();
            await transaction.CommitAsync(ct);
            return result;
        }
        catch (Exception failure) when (StateOf(failure) == PostgresErrorCodes.QueryCanceled)
        {
            ct.ThrowIfCancellationRequested();
            throw new TimeoutException($"A read took longer than {timeout}.", failure);
        }
    }

    public override Expression<Func<string?, bool>> Matches(IReadOnlyList<string> literals)
    {
        var pattern = string.Join('%', literals.Select(Escape));
        return text => EF.Functions.Like(text!, pattern, "\\");

        static string Escape(string literal) => literal
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
    }

    public override bool IsUniqueViolation(Exception failure) => StateOf(failure) == PostgresErrorCodes.UniqueViolation;

    public override bool IsUnstorable(Exception failure) =>
        StateOf(failure)
            is PostgresErrorCodes.CharacterNotInRepertoire
                or PostgresErrorCodes.UntranslatableCharacter
                or PostgresErrorCodes.StringDataRightTruncation;

    /// <summary>
    /// Texts compare by their code points, as on SQLite: identifiers are no words of a language, and an order must not
    /// depend on the machine.
    /// </summary>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string))
                property.SetCollation("C");
        }

        // The collation of the columns knows ASCII only, and the search text has another.
        modelBuilder.HasDbFunction(typeof(AuthDbContext).GetMethod(nameof(Upper))!)
            .HasTranslation(arguments => new SqlFunctionExpression(
                "upper",
                [new CollateExpression(arguments[0], "default")],
                nullable: true,
                argumentsPropagateNullability: [true],
                typeof(string),
                arguments[0].TypeMapping));

        // A date alone would be one in the time zone of the connection.
        var text = new StringTypeMapping("text", DbType.String);
        modelBuilder.HasDbFunction(typeof(AuthDbContext).GetMethod(nameof(DayOf))!)
            .HasTranslation(arguments => new SqlFunctionExpression(
                "to_char",
                [
                    new SqlFunctionExpression(
                        "timezone",
                        [new SqlConstantExpression("UTC", text), arguments[0]],
                        nullable: false,
                        argumentsPropagateNullability: [false, false],
                        typeof(DateTime),
                        arguments[0].TypeMapping),
                    new SqlConstantExpression("YYYY-MM-DD", text),
                ],
                nullable: false,
                argumentsPropagateNullability: [false, false],
                typeof(string),
                text));
    }

    private static string? StateOf(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState;
}
