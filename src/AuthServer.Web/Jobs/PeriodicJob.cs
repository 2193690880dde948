namespace AuthServer.Web.Jobs;

/// <summary>
/// Work that repeats, each round in a scope of its own. A round that fails is logged, and the next tries again.
/// </summary>
/// <param name="interval">Time between the beginnings of two rounds; a longer round delays the next.</param>
/// <param name="scopes">Makes the scopes.</param>
/// <param name="time">Clock of the rounds.</param>
/// <param name="log">Log of the job.</param>
public abstract class PeriodicJob(TimeSpan interval, IServiceScopeFactory scopes, TimeProvider time, ILogger log)
    : BackgroundService
{
    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>One round.</summary>
    /// <param name="services">Services of the round's scope.</param>
    /// <param name="ct">The server stops.</param>
    protected abstract Task RunAsync(IServiceProvider services, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await RunAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception failure)
                when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogError(failure, "{Job} failed; the next round tries again", GetType().Name);
            }
        }
    }
}
