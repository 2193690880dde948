using AuthServer.Core;

namespace AuthServer.Storage.Sql;

/// <summary>Statements of a decision on one connection. For one caller at a time.</summary>
internal abstract class Statements
{
    /// <returns>How many rows it touched.</returns>
    public abstract Task<int> ExecuteAsync(Statement statement, params object?[] values);

    /// <returns>Result of <paramref name="read"/> for the first row; its default without a row.</returns>
    public abstract Task<T?> ReadAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values);

    /// <returns>Result of <paramref name="read"/> for each row.</returns>
    public abstract Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, params object?[] values);

    /// <returns>0 without a row.</returns>
    public Task<int> ReadNumberAsync(Statement statement, params object?[] values) =>
        ReadAsync(statement, row => row.GetInt32(0), values);

    public Task<int> InsertAsync<T>(Table<T> table, T row)
        where T : class => ExecuteAsync(table.Insert, table.Values(row));

    public virtual async Task InsertAsync<T>(Table<T> table, IReadOnlyList<T> rows)
        where T : class
    {
        foreach (var row in rows)
            await InsertAsync(table, row);
    }

    /// <summary>As the model's conversions have it.</summary>
    protected static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcDateTime,
        Scopes scopes => scopes.ToString(),
        _ => value,
    };
}
