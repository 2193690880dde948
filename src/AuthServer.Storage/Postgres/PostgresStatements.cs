using AuthServer.Storage.Sql;
using Npgsql;

namespace AuthServer.Storage.Postgres;

/// <summary>Commands of the driver, which prepares repeated ones.</summary>
/// <param name="connection">Open; the caller disposes it.</param>
internal sealed class PostgresStatements(NpgsqlConnection connection) : Statements
{
    public override async Task<int> ExecuteAsync(Statement statement, params object?[] values)
    {
        await using var command = Command(statement, values);
        return await command.ExecuteNonQueryAsync();
    }

    public override async Task<T?> ReadAsync<T>(Statement statement, Func<IRow, T> read, params object?[] values)
        where T : default
    {
        await using var command = Command(statement, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(new ReaderRow(reader)) : default;
    }

    public override async Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, params object?[] values)
    {
        await using var command = Command(statement, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(new ReaderRow(reader)));
        return rows;
    }

    /// <summary>In one round-trip.</summary>
    public override async Task InsertAsync<T>(Table<T> table, IReadOnlyList<T> rows)
    {
        await using var batch = connection.CreateBatch();
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(table.Insert.Text);
            Fill(command.Parameters, table.Values(row));
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(Statement statement, object?[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; what comes from outside is a value.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        Fill(command.Parameters, values);
        return command;
    }

    /// <summary>Without names: they go by their place.</summary>
    private static void Fill(NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = Stored(value) });
    }

    /// <summary>The row on which the driver's reader is.</summary>
    private sealed class ReaderRow(NpgsqlDataReader reader) : IRow
    {
        public bool IsNull(int place) => reader.IsDBNull(place);

        public string GetString(int place) => reader.GetString(place);

        public int GetInt32(int place) => reader.GetInt32(place);

        public long GetInt64(int place) => reader.GetInt64(place);

        public bool GetBoolean(int place) => reader.GetBoolean(place);

        public Guid GetGuid(int place) => reader.GetGuid(place);

        public DateTime GetDateTime(int place) => reader.GetDateTime(place);

        public byte[] GetBytes(int place) => reader.GetFieldValue<byte[]>(place);
    }
}
