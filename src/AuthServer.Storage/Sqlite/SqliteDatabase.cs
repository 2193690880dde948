using System.Collections.Concurrent;
using AuthServer.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Statements on the embedded store. Decisions that wait for the one writer are committed together: the flush to the
/// disk is most of what a commit costs, and one flush serves them all. Each has a savepoint of its own, so that one
/// which fails takes no other with it.
/// </summary>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    private const int MaxBatch = 64;

    private static readonly Statement Begin = new("BEGIN IMMEDIATE");
    private static readonly Statement End = new("COMMIT");

    private readonly string file;
    private readonly WriteSerializer writes;
    private readonly ConcurrentBag<SqliteStatements> readers = [];
    private readonly BlockingCollection<Decision> waiting = [];
    private readonly Thread writer;
    private SqliteStatements? writing;

    public SqliteDatabase(string file, WriteSerializer writes)
    {
        this.file = file;
        this.writes = writes;
        writer = new Thread(Write) { IsBackground = true, Name = "sqlite-writer" };
        writer.Start();
    }

    public Task<T?> ReadAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values)
        where T : class => ReadAsync(reader => reader.ReadAsync(statement, read, values));

    public Task<IReadOnlyList<T>> ListAsync<T>(
        Statement statement, Func<IRow, T> read, CancellationToken ct, params object?[] values) =>
        ReadAsync(reader => reader.ListAsync(statement, read, values));

    public Task<bool> WriteAsync(Func<Statements, Task<bool>> decision, CancellationToken ct)
    {
        var one = new Decision(decision, ct);
        writes.Count(1);
        waiting.Add(one, ct);
        return one.Done.Task;
    }

    /// <summary>There is one writer.</summary>
    public Task LockAsync(Statements statements, string name) => Task.CompletedTask;

    public Task AnnounceAsync(Statements statements) => Task.CompletedTask;

    public void Dispose()
    {
        waiting.CompleteAdding();
        writer.Join();
        while (readers.TryTake(out var reader))
            reader.Dispose();
        waiting.Dispose();
    }

    private async Task<T> ReadAsync<T>(Func<SqliteStatements, Task<T>> read)
    {
        if (!readers.TryTake(out var reader))
            reader = SqliteStatements.Open(file, SqlitePragmas.Reader);
        try
        {
            var found = await read(reader);
            readers.Add(reader);
            return found;
        }
        catch
        {
            // The page cache of a failed read can't be reused.
            reader.Dispose();
            throw;
        }
    }

    private void Write()
    {
        var batch = new List<Decision>(MaxBatch);
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            using (writes.Enter())
            {
                batch.Clear();
                batch.Add(first);
                // Where all processors are busy, requests that are about to write come first and share the flush.
                Thread.Yield();
                while (batch.Count < MaxBatch && waiting.TryTake(out var next))
                    batch.Add(next);
                writes.Count(-batch.Count);
                batch.RemoveAll(decision => decision.IsGivenUp());
                if (batch.Count > 0)
                    Commit(batch);
            }
        }

        writing?.Dispose();
    }

    /// <summary>
    /// No caller returns success before the commit has returned; when it fails, none of the changes has happened.
    /// </summary>
    private void Commit(List<Decision> batch)
    {
        try
        {
            writing ??= SqliteStatements.Open(file, SqlitePragmas.Writer);
            Run(Begin);
            foreach (var decision in batch)
                decision.Decide(writing);
            Run(End);
        }
        catch (Exception failure)
        {
            writing?.Dispose();
            writing = null;
            batch.ForEach(decision => decision.Fail(failure));
            return;
        }

        batch.ForEach(decision => decision.Notify());
    }

    private void Run(Statement statement) => writing!.ExecuteAsync(statement).GetAwaiter().GetResult();

    /// <summary>
    /// SQLite has no asynchronous calls: everything that a decision awaits is complete when it is awaited.
    /// </summary>
    private sealed class Decision(Func<Statements, Task<bool>> decide, CancellationToken ct)
    {
        private const int SqliteConstraint = 19;
        private static readonly Statement Savepoint = new("SAVEPOINT decision");
        private static readonly Statement Rollback = new("ROLLBACK TO decision");
        private static readonly Statement Release = new("RELEASE decision");

        private bool stays;
        private Exception? failure;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsGivenUp() => ct.IsCancellationRequested && Done.TrySetCanceled(ct);

        public void Decide(Statements statements)
        {
            Execute(statements, Savepoint);
            try
            {
                stays = decide(statements).GetAwaiter().GetResult();
            }
            catch (Exception reason) when (reason is not SqliteException { SqliteErrorCode: not SqliteConstraint })
            {
                failure = reason;
            }

            if (!stays)
                Execute(statements, Rollback);
            Execute(statements, Release);
        }

        public void Notify()
        {
            if (failure is null)
                Done.TrySetResult(stays);
            else
                Done.TrySetException(failure);
        }

        public void Fail(Exception reason) => Done.TrySetException(reason);

        private static void Execute(Statements statements, Statement statement) =>
            statements.ExecuteAsync(statement).GetAwaiter().GetResult();
    }
}
