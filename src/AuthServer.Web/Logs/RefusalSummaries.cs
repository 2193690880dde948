using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Logs;

/// <summary>
/// Records, when a minute has ended, how many refusals of each kind were not recorded one by one in it.
/// </summary>
internal sealed class RefusalSummaries(
    RefusalLimiter limiter,
    LogQueue queue,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<RefusalSummaries> log)
    : PeriodicJob(TimeSpan.FromSeconds(1), scopes, time, log)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Record(all: true);
    }

    protected override Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        Record(all: false);
        return Task.CompletedTask;
    }

    private void Record(bool all)
    {
        foreach (var (code, since, count) in limiter.Take(all))
        {
            queue.Add(new LogEvent
            {
                Date = Now,
                Type = code,
                IsRefusal = true,
                Description = $"{count} more of these, which are not in the log one by one",
                Details = new JsonObject { ["count"] = count, ["since"] = since.UtcDateTime }.ToJsonString(),
            });
        }
    }
}
