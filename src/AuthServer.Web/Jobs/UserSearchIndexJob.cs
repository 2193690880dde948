using AuthServer.Storage;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>Indexes, once after the start, the users that a version without a search index stored.</summary>
public sealed class UserSearchIndexJob(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<UserSearchIndexJob> log)
    : OnceAfterStart(lifetime)
{
    protected override async Task RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        var writes = scope.ServiceProvider.GetRequiredService<WriteSerializer>();
        try
        {
            if (await UserSearchIndex.FillAsync(db, writes, ct) is > 0 and var users)
                log.LogInformation("Indexed {Users} users of an earlier version for searches", users);
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            log.LogWarning(failure, "Users of an earlier version are not found by searches until the next start");
        }
    }
}
