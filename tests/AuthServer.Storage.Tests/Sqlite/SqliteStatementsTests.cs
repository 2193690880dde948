using AuthServer.Storage.Sql;
using AuthServer.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AuthServer.Storage.Tests.Sqlite;

/// <summary>
/// Statements go to SQLite past the provider; everything else reads and writes the same tables through it.
/// </summary>
public sealed class SqliteStatementsTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly SqliteStatements statements;

    public SqliteStatementsTests()
    {
        connection.Open();
        Run("CREATE TABLE things (id INTEGER PRIMARY KEY, value UNIQUE)");
        statements = new SqliteStatements(connection.Handle!);
    }

    public static TheoryData<object?> Values => new((object?[])[
        null,
        "",
        "text, 日本語 and 🙂",
        new string('x', 5_000),
        Array.Empty<byte>(),
        new byte[] { 0, 1, 255 },
        true,
        false,
        int.MinValue,
        long.MaxValue,
        Guid.Parse("0a1b2c3d-4e5f-7a8b-9c0d-1e2f3a4b5c6d"),
        new DateTime(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
        new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc)]);

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_stored_as_the_provider_stores_it(object? value)
    {
        await statements.ExecuteAsync(new Statement("INSERT INTO things VALUES (1, $1)"), value);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT typeof(value) || quote(value) || (value IS $value) FROM things";
        command.Parameters.AddWithValue("$value", value ?? DBNull.Value);
        var stored = (string)(await command.ExecuteScalarAsync())!;
        command.CommandText = "SELECT typeof($value) || quote($value) || 1";

        Assert.Equal(await command.ExecuteScalarAsync(), stored);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_as_it_was_stored(object? value)
    {
        await statements.ExecuteAsync(new Statement("INSERT INTO things VALUES (1, $1)"), value);

        var read = await statements.ReadAsync(
            new Statement("SELECT value FROM things"), row => new { Value = Read(row, value) });

        Assert.Equal(value, read!.Value);
    }

    [Fact]
    public async Task A_malformed_time_is_an_error()
    {
        await statements.ExecuteAsync(new Statement("INSERT INTO things VALUES (1, '2030-01-02 03:04:xx')"));

        await Assert.ThrowsAsync<FormatException>(() => statements.ReadAsync(
            new Statement("SELECT value FROM things"), row => new { Value = row.GetDateTime(0) }));
    }

    [Fact]
    public async Task Without_a_row_nothing_is_read() =>
        Assert.Null(await statements.ReadAsync(new Statement("SELECT value FROM things"), row => row.GetString(0)));

    private static object? Read(IRow row, object? like) => like switch
    {
        null => row.IsNull(0) ? null : "a value",
        string => row.GetString(0),
        byte[] => row.GetBytes(0),
        bool => row.GetBoolean(0),
        int => row.GetInt32(0),
        long => row.GetInt64(0),
        Guid => row.GetGuid(0),
        _ => row.GetDateTime(0),
    };

    [Fact]
    public async Task Parameters_go_by_their_numbers_and_not_by_their_order()
    {
        await statements.ExecuteAsync(new Statement("INSERT INTO things VALUES ($2, $1)"), "first", 2);

        Assert.Equal(
            1,
            await statements.ExecuteAsync(
                new Statement("UPDATE things SET value = $2 WHERE value = $1"), "first", "second"));
        Assert.Equal(
            0,
            await statements.ExecuteAsync(
                new Statement("UPDATE things SET value = $2 WHERE value = $1"), "first", "second"));
    }

    [Fact]
    public async Task A_broken_constraint_is_the_providers_exception_and_the_statement_goes_on()
    {
        var insert = new Statement("INSERT INTO things VALUES ($1, $2)");
        await statements.ExecuteAsync(insert, 1, "one");

        var refused = await Assert.ThrowsAsync<SqliteException>(() => statements.ExecuteAsync(insert, 2, "one"));
        Assert.Equal((19, 2067), (refused.SqliteErrorCode, refused.SqliteExtendedErrorCode));
        Assert.Contains("UNIQUE constraint failed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await statements.ExecuteAsync(insert, 2, "two"));
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
