using System.Data.Common;
using AuthServer.Core;

namespace AuthServer.Storage.Sql;

/// <summary>One connection, and the commands that were prepared on it. For one caller at a time.</summary>
/// <param name="connection">Open.</param>
/// <param name="parameterPrefix">What stands before a parameter's number where parameters have names; null where they go by their place.</param>
internal class Statements(DbConnection connection, string? parameterPrefix) : IAsyncDisposable, IDisposable
{
    private readonly Dictionary<Statement, DbCommand> commands = [];

    /// <returns>How many rows it touched.</returns>
    public virtual Task<int> ExecuteAsync(Statement statement, params object?[] values) => Command(statement, values).ExecuteNonQueryAsync();

    /// <returns>What <paramref name="read"/> makes of the first row; its default without a row.</returns>
    public virtual async Task<T?> ReadAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values)
    {
        await using var reader = await Command(statement, values).ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(new ReaderRow(reader)) : default;
    }

    /// <returns>0 without a row.</returns>
    public Task<int> ReadNumberAsync(Statement statement, params object?[] values) =>
        ReadAsync(statement, row => row.GetInt32(0), values);

    public Task<int> InsertAsync<T>(Table<T> table, T row)
        where T : class => ExecuteAsync(table.Insert, table.Values(row));

    /// <summary>In one round trip where there are round trips.</summary>
    public async Task InsertAsync<T>(Table<T> table, IReadOnlyList<T> rows)
        where T : class
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var row in rows)
                await InsertAsync(table, row);
            return;
        }

        await using var batch = connection.CreateBatch();
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = table.Insert.Text;
            var values = table.Values(row);
            AddParameters(command.Parameters, command.CreateParameter, values.Length);
            Fill(command.Parameters, values);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        await connection.DisposeAsync();
    }

    private DbCommand Command(Statement statement, object?[] values)
    {
        if (!commands.TryGetValue(statement, out var command))
            commands.Add(statement, command = Prepare(statement.Text, values.Length));
        Fill(command.Parameters, values);
        return command;
    }

    private DbCommand Prepare(string sql, int values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; what comes from outside is a value.
        command.CommandText = sql;
#pragma warning restore CA2100
        AddParameters(command.Parameters, command.CreateParameter, values);
        return command;
    }

    private void AddParameters(DbParameterCollection parameters, Func<DbParameter> create, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var parameter = create();
            parameter.ParameterName = parameterPrefix is null ? "" : parameterPrefix + i;
            parameters.Add(parameter);
        }
    }

    private static void Fill(DbParameterCollection parameters, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            parameters[i].Value = Stored(values[i]);
    }

    /// <summary>As the model's conversions have it.</summary>
    protected static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcDateTime,
        Scopes scopes => scopes.ToString(),
        _ => value,
    };

    protected virtual void Forget()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        commands.Clear();
    }
}
