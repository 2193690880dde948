using AuthServer.Actions;
using AuthServer.Core.Actions;
using AuthServer.Storage;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Actions;

/// <summary>Starts the first process before it is needed, where an Action is bound.</summary>
internal sealed partial class ActionWarmUp(
    IActionBindings bindings, IActionRunner runner, IHostApplicationLifetime lifetime, ILogger<ActionWarmUp> log)
    : OnceAfterStart(lifetime)
{
    protected override async Task RunAsync(CancellationToken ct)
    {
        try
        {
            foreach (var trigger in ActionTriggers.All)
            {
                if ((await bindings.OfAsync(trigger, ct)).IsEmpty)
                    continue;
                runner.WarmUp();
                return;
            }
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            NotRead(log, failure);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "The bindings of Actions could not be read; the first Action waits for its process")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
