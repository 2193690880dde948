using System.Threading.Channels;
using AuthServer.Core.Model;

namespace AuthServer.Web.Logs;

/// <summary>An event on its way into the store.</summary>
/// <param name="Event">Null for a marker, which completes when it is reached.</param>
/// <param name="Written">Completes when the event is committed; null when no caller waits for that.</param>
internal sealed record QueuedEvent(LogEvent? Event, TaskCompletionSource? Written);

/// <summary>The events of this node that are not in the store yet.</summary>
public sealed class LogQueue(TimeProvider time)
{
    private const int MaxLength = 20_000;
    private const int MaxBatch = 500;

    /// <summary>Longest time that an event waits for others when no caller waits for it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<QueuedEvent> channel = Channel.CreateBounded<QueuedEvent>(
        new BoundedChannelOptions(MaxLength) { SingleReader = true });
    private TaskCompletionSource urgent = NewSignal();
    private long dropped;

    public int Length => channel.Reader.Count;

    /// <summary>How many were lost because the queue was full, or because the store failed.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Never waits: when the queue is full, the event is lost, and counted.</summary>
    public void Add(LogEvent logged)
    {
        if (!channel.Writer.TryWrite(new QueuedEvent(logged, null)))
            Drop(1);
    }

    /// <summary>Ends when the event is committed.</summary>
    public Task AddAsync(LogEvent logged, CancellationToken ct) => ReachAsync(logged, ct);

    /// <summary>Ends when everything that was added before is committed, or lost.</summary>
    public Task ReachAsync(CancellationToken ct) => ReachAsync(null, ct);

    internal void Drop(int events) => Interlocked.Add(ref dropped, events);

    /// <summary>No more come in; the reader ends when it has read what is there.</summary>
    internal void Complete() => channel.Writer.TryComplete();

    /// <summary>
    /// The next events to be written together: immediately when a caller waits for one of them, else after a pause in
    /// which more may come.
    /// </summary>
    /// <returns>None when the queue is complete.</returns>
    internal async Task<List<QueuedEvent>> TakeAsync(CancellationToken stopping)
    {
        var taken = new List<QueuedEvent>();
        if (!await channel.Reader.WaitToReadAsync(CancellationToken.None))
            return taken;
        var signal = NewSignal();
        Interlocked.Exchange(ref urgent, signal);
        Drain(taken);
        if (taken.Count < MaxBatch && taken.TrueForAll(queued => queued.Written is null))
        {
            await Task.WhenAny(signal.Task, Task.Delay(Pause, time, stopping));
            Drain(taken);
        }

        return taken;
    }

    private async Task ReachAsync(LogEvent? logged, CancellationToken ct)
    {
        var written = NewSignal();
        await channel.Writer.WriteAsync(new QueuedEvent(logged, written), ct);
        Volatile.Read(ref urgent).TrySetResult();
        await written.Task.WaitAsync(ct);
    }

    private void Drain(List<QueuedEvent> into)
    {
        while (into.Count < MaxBatch && channel.Reader.TryRead(out var queued))
            into.Add(queued);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
