using System.Globalization;
using System.Text;
using AuthServer.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Statements that return no rows, prepared on SQLite itself: the provider looks each parameter up by its name each time, which for a row of fifty columns
/// costs as much as storing it. Values are stored as the provider stores them.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : Statements(connection, "$")
{
    private readonly nint database = SqliteApi.HandleOf(connection);
    private readonly Dictionary<Statement, Prepared> prepared = [];
    private byte[] text = new byte[1024];

    /// <exception cref="SqliteException">What the provider would throw.</exception>
    public override Task<int> ExecuteAsync(Statement statement, params object?[] values)
    {
        if (!prepared.TryGetValue(statement, out var one))
            prepared.Add(statement, one = Prepare(statement.Text, values.Length));
        for (var i = 0; i < values.Length; i++)
            SqliteApi.Check(database, Bind(one.Handle, one.Places[i], Stored(values[i])));
        try
        {
            SqliteApi.Check(database, SqliteApi.Step(one.Handle));
            return Task.FromResult(SqliteApi.Changes(database));
        }
        finally
        {
            _ = SqliteApi.Reset(one.Handle);
        }
    }

    protected override void Forget()
    {
        foreach (var one in prepared.Values)
            _ = SqliteApi.Finish(one.Handle);
        prepared.Clear();
        base.Forget();
    }

    private Prepared Prepare(string sql, int values)
    {
        var handle = SqliteApi.Prepare(database, sql);
        return new Prepared(handle, [.. Enumerable.Range(1, values).Select(number => SqliteApi.PlaceOf(handle, "$" + number))]);
    }

    private int Bind(nint statement, int place, object value) => value switch
    {
        DBNull => SqliteApi.BindNull(statement, place),
        string said => SqliteApi.BindText(statement, place, Utf8(said)),
        byte[] bytes => SqliteApi.BindBlob(statement, place, bytes),
        bool flag => SqliteApi.BindNumber(statement, place, flag ? 1 : 0),
        int number => SqliteApi.BindNumber(statement, place, number),
        long number => SqliteApi.BindNumber(statement, place, number),
        Guid id => SqliteApi.BindText(statement, place, Utf8(id.ToString().ToUpperInvariant())),
        DateTime instant => SqliteApi.BindText(statement, place, Utf8(instant.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException($"No column keeps a {value.GetType()}.", nameof(value)),
    };

    /// <summary>Good until the next call.</summary>
    private ReadOnlySpan<byte> Utf8(string said)
    {
        if (Encoding.UTF8.GetMaxByteCount(said.Length) is var most && most > text.Length)
            text = new byte[most];
        return text.AsSpan(0, Encoding.UTF8.GetBytes(said, text));
    }

    /// <param name="Handle">Of the statement.</param>
    /// <param name="Places">Of <c>$1</c>, <c>$2</c>, ...: SQLite counts parameters as they first appear.</param>
    private sealed record Prepared(nint Handle, int[] Places);
}
