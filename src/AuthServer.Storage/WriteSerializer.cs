using Microsoft.EntityFrameworkCore.Storage;

namespace AuthServer.Storage;

/// <summary>
/// Queue of the writers of one store. SQLite has one writer at a time: waiting here, in order, is cheaper and fairer
/// than in the database's busy handler. PostgreSQL needs no queue.
/// </summary>
public sealed class WriteSerializer(int writers) : IDisposable
{
    private readonly SemaphoreSlim places = new(writers, writers);
    private int waiting;

    /// <summary>How many writers are in line.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Begins a write transaction. Disposing it rolls back everything that is not committed.</summary>
    public async Task<WriteTransaction> BeginAsync(AuthDbContext db, CancellationToken ct)
    {
        Count(1);
        try
        {
            await places.WaitAsync(ct);
        }
        finally
        {
            Count(-1);
        }

        try
        {
            return new WriteTransaction(await db.Database.BeginTransactionAsync(ct), places);
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    /// <summary>Writers that came into line, or left it.</summary>
    internal void Count(int writers) => Interlocked.Add(ref waiting, writers);

    /// <summary>Waits for a place without a transaction, on a thread that has nothing else to do.</summary>
    /// <returns>Gives the place back.</returns>
    internal Place Enter()
    {
        places.Wait();
        return new Place(places);
    }

    /// <summary>
    /// The same for a decision that reads before it writes: no other decision runs under the same name meanwhile, on
    /// any node.
    /// </summary>
    public async Task<WriteTransaction> BeginAsync(AuthDbContext db, string name, CancellationToken ct)
    {
        var write = await BeginAsync(db, ct);
        try
        {
            await db.LockAsync(name, ct);
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => places.Dispose();
}

internal readonly struct Place(SemaphoreSlim places) : IDisposable
{
    public void Dispose() => places.Release();
}

/// <summary>One decision's writes: all of them, or none.</summary>
public sealed class WriteTransaction(IDbContextTransaction transaction, SemaphoreSlim places) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            places.Release();
        }
    }
}
