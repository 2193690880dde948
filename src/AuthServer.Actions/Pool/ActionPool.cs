using System.Collections.Concurrent;
using AuthServer.Actions.Messages;
using Microsoft.Extensions.Logging;

namespace AuthServer.Actions.Pool;

/// <summary>
/// Child processes that execute Actions, and one in reserve, so that the place of one that was killed is taken at once.
/// The first is started when an Action is bound. One whose Action waits for another server leaves its place to another.
/// </summary>
public sealed partial class ActionPool(
    ActionCommand command, ActionLimits limits, IActionHost host, ILogger<ActionPool> log)
    : IActionRunner, IDisposable
{
    private readonly SemaphoreSlim runs = new(limits.MaxProcesses, limits.MaxProcesses);
    private readonly SemaphoreSlim places = new(limits.Processes, limits.Processes);
    private readonly ConcurrentQueue<Task<ActionProcess>> ready = new();
    private readonly CancellationTokenSource stopping = new();
    private int alive;
    private bool isDisposed;

    /// <summary>How many processes there are.</summary>
    internal int Alive => Volatile.Read(ref alive);

    public void WarmUp() => Reserve();

    public async Task<IReadOnlyList<ActionResult>> RunAsync(ActionRun run, CancellationToken ct)
    {
        var limited = run with { Cpu = limits.Cpu.TotalMilliseconds, Wall = limits.Wall.TotalMilliseconds };
        var cpu = limits.Cpu * Math.Max(1, run.Actions.Count);
        var answer = await UseAsync(new ParentMessage { Run = limited }, cpu, ct);
        return answer.Results ?? throw new ActionKilledException(null, "The process for Actions gave no results.");
    }

    public async Task<IReadOnlyList<CompileError>> CheckAsync(CodeCheck check, CancellationToken ct)
    {
        var answer = await UseAsync(new ParentMessage { Check = check }, limits.Cpu * 10, ct);
        return answer.Errors ?? [];
    }

    /// <summary>Kills the children; those that are starting end when they are ready.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        stopping.Cancel();
        while (ready.TryDequeue(out var starting))
        {
            _ = starting.ContinueWith(
                started => started.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }

        stopping.Dispose();
    }

    /// <summary>A child that was killed, or whose state is not known, is not used again.</summary>
    private async Task<ChildMessage> UseAsync(ParentMessage question, TimeSpan cpu, CancellationToken ct)
    {
        var place = await EnterAsync(ct);
        ActionProcess? child = null;
        var isGood = false;
        try
        {
            child = await TakeAsync();
            var answer = await new ChildRun(child, place, host, limits.Wall).AskAsync(question, cpu, ct);
            isGood = !answer.IsExhausted;
            return answer;
        }
        finally
        {
            Return(child, isGood);
            place.Leave();
            runs.Release();
        }
    }

    private async Task<ActionPlace> EnterAsync(CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(limits.Wall);
        var isRun = false;
        try
        {
            await runs.WaitAsync(timeout.Token);
            isRun = true;
            var place = new ActionPlace(places);
            await place.TakeAsync(timeout.Token);
            return place;
        }
        catch (OperationCanceledException)
        {
            if (isRun)
                runs.Release();
            ct.ThrowIfCancellationRequested();
            throw new ActionKilledException(index: null, "resource_exhausted");
        }
    }

    private async Task<ActionProcess> TakeAsync()
    {
        while (ready.TryDequeue(out var starting))
        {
            Reserve();
            var child = await starting;
            if (child.IsAlive)
                return child;
            Discard(child);
        }

        var started = Start();
        Reserve();
        return await started;
    }

    private void Return(ActionProcess? child, bool isGood)
    {
        if (isGood && !isDisposed && ready.Count <= limits.Processes)
        {
            ready.Enqueue(Task.FromResult(child!));
            return;
        }

        if (child is not null)
            Discard(child);
        if (!isDisposed)
            Reserve();
    }

    private void Discard(ActionProcess child)
    {
        child.Dispose();
        Interlocked.Decrement(ref alive);
    }

    /// <summary>Starts a child when none is in reserve.</summary>
    private void Reserve()
    {
        if (ready.IsEmpty && Volatile.Read(ref alive) <= limits.MaxProcesses)
            ready.Enqueue(Start());
    }

    private Task<ActionProcess> Start()
    {
        Interlocked.Increment(ref alive);
        return Task.Run(async () =>
        {
            try
            {
                return await ActionProcess.StartAsync(command, stopping.Token);
            }
            catch (Exception failure)
            {
                Interlocked.Decrement(ref alive);
                if (!isDisposed)
                    StartFailed(log, failure);
                throw new ActionKilledException(index: null, "The process for Actions could not be started.");
            }
        });
    }

    [LoggerMessage(LogLevel.Error, "A process for Actions could not be started")]
    private static partial void StartFailed(ILogger logger, Exception failure);
}
