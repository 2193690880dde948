using AuthServer.Core.Logs;
using AuthServer.Core.Model;

namespace AuthServer.Web.Logs;

/// <summary>
/// Writes what waits in the <see cref="LogQueue"/>, a batch a transaction. It stops after the last request, and with
/// nothing left to write.
/// </summary>
internal sealed class LogWriter(LogQueue queue, ILogEventStore store, ILogger<LogWriter> log) : BackgroundService
{
    private long reported;

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.TakeAsync(stoppingToken) is { Count: > 0 } batch)
        {
            await WriteAsync(batch);
            if (queue.Dropped is var lost && lost > reported)
            {
                log.LogWarning(
                    "{Events} events of the audit log were lost: the queue was full, or the store failed",
                    lost - reported);
                reported = lost;
            }
        }
    }

    /// <summary>A failure of the store is reported to the waiting callers; the other events are lost.</summary>
    private async Task WriteAsync(List<QueuedEvent> batch)
    {
        try
        {
            if (batch.ConvertAll(queued => queued.Event).OfType<LogEvent>().ToList() is { Count: > 0 } events)
                await store.AppendAsync(events, CancellationToken.None);

            batch.ForEach(queued => queued.Written?.SetResult());
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Writing {Events} events of the audit log failed", batch.Count);
            queue.Drop(batch.Count(queued => queued is { Event: not null, Written: null }));
            batch.ForEach(queued => queued.Written?.SetException(failure));
        }
    }
}
