using System.Text.Json.Nodes;
using System.Threading.Channels;
using AuthServer.Core.Actions;

namespace AuthServer.Web.Actions;

/// <summary>Runs of triggers whose outcome changes nothing; they are executed beside the requests.</summary>
internal sealed class ActionQueue
{
    private const int MaxLength = 1_000;

    private readonly Channel<(ActionTrigger Trigger, JsonObject Event)> channel =
        Channel.CreateBounded<(ActionTrigger, JsonObject)>(
            new BoundedChannelOptions(MaxLength) { FullMode = BoundedChannelFullMode.DropOldest });

    public IAsyncEnumerable<(ActionTrigger Trigger, JsonObject Event)> ReadAllAsync(CancellationToken ct) =>
        channel.Reader.ReadAllAsync(ct);

    public void Add(ActionTrigger trigger, JsonObject triggerEvent) => channel.Writer.TryWrite((trigger, triggerEvent));
}

/// <summary>Executes the <see cref="ActionQueue"/>.</summary>
internal sealed partial class ActionQueueJob(
    ActionQueue queue, IServiceScopeFactory scopes, IActionBindings bindings, ILogger<ActionQueueJob> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (trigger, triggerEvent) in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var bound = await bindings.OfAsync(trigger, stoppingToken);
                if (!bound.IsEmpty)
                    await scope.ServiceProvider.GetRequiredService<ActionFlow>().RunAsync(trigger, bound, triggerEvent);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(log, failure, trigger.Id);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The Actions of {Trigger} failed")]
    private static partial void Failed(ILogger logger, Exception failure, string trigger);
}
