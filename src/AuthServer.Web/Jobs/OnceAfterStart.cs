namespace AuthServer.Web.Jobs;

/// <summary>Work that is done once, when the server has started: the first answer does not wait behind it.</summary>
/// <param name="lifetime">Of the server.</param>
public abstract class OnceAfterStart(IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>The work.</summary>
    /// <param name="ct">The server stops.</param>
    protected abstract Task RunAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
            await started.Task.WaitAsync(stoppingToken);
        await RunAsync(stoppingToken);
    }
}
