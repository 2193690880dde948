using System.Globalization;
using System.Text;
using AuthServer.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Statements prepared by the provider's own interface to SQLite: a command looks each parameter up by its name each
/// time, which for a row of fifty columns costs as much as storing it. Values are stored as the provider stores them.
/// </summary>
/// <param name="database">A connection, which is disposed with the statements.</param>
internal sealed class SqliteStatements(sqlite3 database) : Statements, IDisposable
{
    /// <summary>SQLite takes no locks for a connection that one thread at a time uses.</summary>
    private const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;

    private readonly Dictionary<Statement, Prepared> prepared = [];
    private byte[] text = new byte[1024];

    static SqliteStatements() => Batteries_V2.Init();

    /// <summary>Opens a connection of its own, which one thread at a time may use.</summary>
    /// <exception cref="SqliteException">Exception of the provider.</exception>
    public static SqliteStatements Open(string file, string pragmas)
    {
        var result = raw.sqlite3_open_v2(file, out var database, Flags, vfs: null);
        var statements = new SqliteStatements(database);
        try
        {
            statements.Check(result);
            statements.Check(raw.sqlite3_exec(database, pragmas));
            return statements;
        }
        catch
        {
            statements.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">Exception of the provider.</exception>
    public override Task<int> ExecuteAsync(Statement statement, params object?[] values)
    {
        var one = Find(statement, values);
        try
        {
            Check(raw.sqlite3_step(one.Handle));
            return Task.FromResult(raw.sqlite3_changes(database));
        }
        finally
        {
            _ = raw.sqlite3_reset(one.Handle);
        }
    }

    /// <exception cref="SqliteException">Exception of the provider.</exception>
    public override Task<T?> ReadAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values)
        where T : default
    {
        var one = Find(statement, values);
        try
        {
            var result = raw.sqlite3_step(one.Handle);
            Check(result);
            return Task.FromResult(result == raw.SQLITE_ROW ? read(one.Row) : default);
        }
        finally
        {
            _ = raw.sqlite3_reset(one.Handle);
        }
    }

    /// <exception cref="SqliteException">Exception of the provider.</exception>
    public override Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, params object?[] values)
    {
        var one = Find(statement, values);
        var rows = new List<T>();
        try
        {
            int result;
            while ((result = raw.sqlite3_step(one.Handle)) == raw.SQLITE_ROW)
                rows.Add(read(one.Row));
            Check(result);
            return Task.FromResult<IReadOnlyList<T>>(rows);
        }
        finally
        {
            _ = raw.sqlite3_reset(one.Handle);
        }
    }

    public void Dispose()
    {
        foreach (var one in prepared.Values)
            one.Handle.Dispose();
        prepared.Clear();
        database.Dispose();
    }

    private Prepared Find(Statement statement, object?[] values)
    {
        if (!prepared.TryGetValue(statement, out var one))
            prepared.Add(statement, one = Prepare(statement.Text, values.Length));
        for (var i = 0; i < values.Length; i++)
            Check(Bind(one.Handle, one.Indexes[i], Stored(values[i])));
        return one;
    }

    private Prepared Prepare(string sql, int values)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var handle));
        return new Prepared(
            handle,
            [.. Enumerable.Range(1, values).Select(number => raw.sqlite3_bind_parameter_index(handle, "$" + number))]);
    }

    private void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
            return;
        var message = raw.sqlite3_errmsg(database).utf8_to_string();
        var code = result & 0xff;
        throw new SqliteException($"SQLite Error {code}: '{message}'.", code, raw.sqlite3_extended_errcode(database));
    }

    private int Bind(sqlite3_stmt statement, int index, object value) => value switch
    {
        DBNull => raw.sqlite3_bind_null(statement, index),
        string chars => raw.sqlite3_bind_text(statement, index, Utf8(chars)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        Guid id => raw.sqlite3_bind_text(statement, index, Utf8(id.ToString().ToUpperInvariant())),
        DateTime instant => raw.sqlite3_bind_text(
            statement, index, Utf8(instant.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException($"No column stores a {value.GetType()}.", nameof(value)),
    };

    /// <summary>Valid until the next call.</summary>
    private ReadOnlySpan<byte> Utf8(string chars)
    {
        if (Encoding.UTF8.GetMaxByteCount(chars.Length) is var max && max > text.Length)
            text = new byte[max];
        return text.AsSpan(0, Encoding.UTF8.GetBytes(chars, text));
    }

    /// <param name="Handle">The statement.</param>
    /// <param name="Indexes">Of <c>$1</c>, <c>$2</c>, ...: SQLite counts parameters as they first appear.</param>
    private sealed record Prepared(sqlite3_stmt Handle, int[] Indexes)
    {
        public SqliteRow Row { get; } = new(Handle);
    }
}
