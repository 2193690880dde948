namespace AuthServer.Actions.Pool;

/// <summary>
/// The place of a run among those that execute at once. A run that waits for the answer to a request leaves it to
/// another, and takes one again before it goes on.
/// </summary>
internal sealed class ActionPlace(SemaphoreSlim places)
{
    private int isTaken;

    /// <summary>Takes a place, unless it has one. Only one caller at a time may wait.</summary>
    public async Task TakeAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref isTaken) == 1)
            return;
        await places.WaitAsync(ct);
        Volatile.Write(ref isTaken, 1);
    }

    public void Leave()
    {
        if (Interlocked.Exchange(ref isTaken, 0) == 1)
            places.Release();
    }
}
