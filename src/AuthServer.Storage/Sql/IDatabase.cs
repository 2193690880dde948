namespace AuthServer.Storage.Sql;

/// <summary>
/// Store for the paths of every request: statements written by hand, prepared once, with no change tracker. Everything
/// else goes through <see cref="AuthDbContext"/>, from whose model the tables here are read (<see cref="Tables"/>).
/// Parameters of a statement are <c>$1</c>, <c>$2</c>, ...
/// </summary>
internal interface IDatabase
{
    /// <returns>Result of <paramref name="read"/> for the first row; null without a row.</returns>
    Task<T?> ReadAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values)
        where T : class;

    /// <returns>Result of <paramref name="read"/> for each row.</returns>
    Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values);

    /// <summary>
    /// End of a SELECT within a decision whose row must not change before the decision ends; empty where there is one
    /// writer.
    /// </summary>
    string RowLock => "";

    /// <summary>One decision's writes, in one transaction that is on the disk when this returns.</summary>
    /// <param name="decision">Says false when nothing of what it wrote may stay. It may not wait for anything but its
    /// statements.</param>
    /// <param name="ct">Ends the wait for the decision's turn; a decision that has begun ends.</param>
    /// <returns>Result of the decision.</returns>
    Task<bool> WriteAsync(Func<Statements, Task<bool>> decision, CancellationToken ct);

    /// <summary>
    /// Within a decision that reads before it writes: no other decision runs under the same name until it ends, on any
    /// node.
    /// </summary>
    Task LockAsync(Statements statements, string name);

    /// <summary>
    /// Within a decision that changes the configuration: the other nodes are notified when it is committed.
    /// </summary>
    Task AnnounceAsync(Statements statements);

    /// <summary>A decision of one statement.</summary>
    /// <returns>Whether it touched a row.</returns>
    Task<bool> WriteAsync(Statement statement, CancellationToken ct, params object?[] values) =>
        WriteAsync(async statements => await statements.ExecuteAsync(statement, values) > 0, ct);
}
