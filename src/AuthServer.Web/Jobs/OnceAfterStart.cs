namespace AuthServer.Web.Jobs;

/// <summary>Work that is done once, a moment after the start: the first requests do not wait behind it.</summary>
/// <param name="time">Clock of the moment.</param>
public abstract class OnceAfterStart(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>The work.</summary>
    /// <param name="ct">The server stops.</param>
    protected abstract Task RunAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Moment, time, stoppingToken);
        await RunAsync(stoppingToken);
    }
}
