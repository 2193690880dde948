using AuthServer.Storage;

namespace AuthServer.Web.Jobs;

/// <summary>Examines a store that is too large to be read before the start. A server with a damaged one stops: what it would read and write there is anybody's guess.</summary>
public sealed class StoreExamination(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<StoreExamination> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        if (await ComplaintAsync(scope.ServiceProvider.GetRequiredService<AuthDbContext>(), stoppingToken) is not { } complaint)
            return;
        log.LogCritical("{Complaint}", complaint);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    /// <summary>A store that can't be reached is no news here.</summary>
    private static async Task<string?> ComplaintAsync(AuthDbContext db, CancellationToken ct)
    {
        try
        {
            return await db.ComplaintAsync(thorough: true, ct);
        }
        catch (Exception unreachable) when (StoreFailure.Is(unreachable))
        {
            return null;
        }
    }
}
