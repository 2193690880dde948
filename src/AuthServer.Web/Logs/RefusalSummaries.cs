using System.Text.Json.Nodes;
using AuthServer.Core.Logs;

namespace AuthServer.Web.Logs;

/// <summary>
/// Records, when a minute has ended, how many refusals of each kind were not recorded one by one in it.
/// </summary>
internal sealed class RefusalSummaries(RefusalLimiter limiter, LogQueue queue, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Record(all: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            Record(all: false);
        }
    }

    private void Record(bool all)
    {
        foreach (var (code, since, count) in limiter.Take(all))
        {
            queue.Add(new LogEvent
            {
                Date = time.GetUtcNow(),
                Type = code,
                IsRefusal = true,
                Description = $"{count} more of these, which are not in the log one by one",
                Details = new JsonObject { ["count"] = count, ["since"] = since.UtcDateTime }.ToJsonString(),
            });
        }
    }
}
