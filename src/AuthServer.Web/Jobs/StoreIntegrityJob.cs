using AuthServer.Storage;

namespace AuthServer.Web.Jobs;

/// <summary>
/// Examines a store that is too large to be read before the start. A server with a damaged one stops: its reads and
/// writes would be unpredictable.
/// </summary>
public sealed class StoreIntegrityJob(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<StoreIntegrityJob> log)
    : OnceAfterStart(lifetime)
{
    private readonly IHostApplicationLifetime lifetime = lifetime;

    protected override async Task RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await CheckIntegrityAsync(scope.ServiceProvider.GetRequiredService<AuthDbContext>(), ct)
            is not { } complaint)
            return;
        log.LogCritical("{Complaint}", complaint);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    /// <summary>A store that can't be reached is not damaged.</summary>
    private static async Task<string?> CheckIntegrityAsync(AuthDbContext db, CancellationToken ct)
    {
        try
        {
            return await db.CheckIntegrityAsync(thorough: true, ct);
        }
        catch (Exception unreachable) when (StoreFailure.Is(unreachable))
        {
            return null;
        }
    }
}
