using AuthServer.Storage.Sql;
using Npgsql;

namespace AuthServer.Storage.Postgres;

/// <summary>Statements on PostgreSQL, in the connections that the rest of the store uses.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabase
{
    private static readonly Statement Lock = new("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    private static readonly Statement Notify = new($"NOTIFY {PostgresChangeListener.Channel}");

    public string RowLock => " FOR SHARE";

    public async Task<T?> ReadAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values)
        where T : class
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await new PostgresStatements(connection).ReadAsync(statement, read, values);
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await new PostgresStatements(connection).ListAsync(statement, read, values);
    }

    public async Task<bool> WriteAsync(Func<Statements, Task<bool>> decision, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var stays = await decision(new PostgresStatements(connection));
        if (stays)
            await transaction.CommitAsync(ct);
        return stays;
    }

    public Task LockAsync(Statements statements, string name) => statements.ExecuteAsync(Lock, name);

    public Task AnnounceAsync(Statements statements) => statements.ExecuteAsync(Notify);
}
