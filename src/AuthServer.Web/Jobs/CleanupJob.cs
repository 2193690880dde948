namespace AuthServer.Web.Jobs;

/// <summary>The clean-up of the store: removes <see cref="ExpiredRows"/> every few minutes.</summary>
public sealed class CleanupJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<CleanupJob> log)
    : PeriodicJob(TimeSpan.FromMinutes(5), scopes, time, log)
{
    private readonly ILogger log = log;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var removed = await services.GetRequiredService<ExpiredRows>().RemoveAsync(Now, ct);
        log.LogInformation("Removed {Rows} expired rows", removed);
    }
}
