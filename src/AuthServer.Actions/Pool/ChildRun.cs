using System.Diagnostics;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Pool;

/// <summary>
/// One request to a child: answers its requests meanwhile, and kills it when it uses too much CPU time or time. No
/// engine interrupts every call of a built-in function by itself.
/// </summary>
internal sealed class ChildRun(ActionProcess child, ActionPlace place, IActionHost host, TimeSpan wall)
{
    /// <summary>How far beyond its limits a child may go, which it keeps by itself mostly.</summary>
    private const int Tolerance = 3;

    private const int MaxCalls = ActionLimits.MaxBindings * ActionLimits.MaxHostCalls;

    /// <summary>
    /// An Action begins, writes lines, sends requests, and waits and resumes once for each of them and each timer.
    /// </summary>
    private const int MaxMessages = ActionLimits.MaxBindings
        * (1 + ActionLimits.MaxLines + (3 * ActionLimits.MaxHostCalls) + (2 * ActionLimits.MaxTimers));

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly RunConsole console = new();
    private int? running;
    private Task resuming = Task.CompletedTask;
    private int messages;
    private int calls;

    /// <exception cref="ActionKilledException">The child was killed, or died.</exception>
    public async Task<ChildMessage> AskAsync(ParentMessage question, TimeSpan cpu, CancellationToken ct)
    {
        TimeSpan? before = null;
        var clock = Stopwatch.StartNew();
        running = question.Run is null ? null : 0;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            if (!await child.TryWriteAsync(question, ct))
                throw new ActionKilledException(null, "The process for Actions is gone.");
            var reading = child.ReadAsync(ended.Token);
            while (true)
            {
                if (await Task.WhenAny(reading, Task.Delay(Interval, ended.Token)) != reading)
                {
                    ct.ThrowIfCancellationRequested();
                    var used = child.CpuTime;
                    before ??= used;
                    if (used - before > cpu * Tolerance)
                        throw Killed("it used more time of the processor than it may");
                    if (clock.Elapsed > wall + Grace)
                        throw Killed("it took too long");
                    continue;
                }

                var message = await reading ?? throw Killed("it ended the process, or ran out of memory");
                if (message.Results is not null || message.Errors is not null)
                    return message with { Results = WithLines(message.Results) };
                if (++messages > MaxMessages || (message.Call is not null && ++calls > MaxCalls))
                    throw Killed("it sent too many requests");
                running = message.Begin ?? running;
                if (message.Line is { } line)
                    console.Add(running ?? 0, line);
                if (message.IsWaiting)
                    place.Leave();
                if (message.IsResuming)
                    resuming = ResumeAsync(resuming, ended.Token);
                if (message.Call is { } call)
                    _ = AnswerAsync(call, ended.Token);
                reading = child.ReadAsync(ended.Token);
            }
        }
        finally
        {
            await ended.CancelAsync();

            // After this the run takes no place, and nothing is written to the child.
            await resuming;
            await writing.WaitAsync(CancellationToken.None);
        }
    }

    private ActionResult[]? WithLines(IReadOnlyList<ActionResult>? results) =>
        results?.Select((result, i) => result with { Lines = console.LinesOf(i) }).ToArray();

    private async Task AnswerAsync(HostCall call, CancellationToken ct)
    {
        try
        {
            await WriteAsync(new ParentMessage { Answer = await CallAsync(call, ct) }, ct);
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task ResumeAsync(Task before, CancellationToken ct)
    {
        await before;
        try
        {
            await place.TakeAsync(ct);
            await WriteAsync(new ParentMessage { MayResume = true }, ct);
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <summary>A message that was begun is written to its end.</summary>
    private async Task WriteAsync(ParentMessage message, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            await child.TryWriteAsync(message, CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task<HostAnswer> CallAsync(HostCall call, CancellationToken ct)
    {
        try
        {
            return new HostAnswer(
                call.Id, Succeeded: true, await host.CallAsync(call.Operation, call.Arguments, ct));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Only errors that are meant for the Action contain the reason.
            var error = failure as ActionHostException ?? new ActionHostException($"{call.Operation} failed");
            var value = new { message = error.Message, code = error.Code, reason = error.Reason };
            return new HostAnswer(call.Id, Succeeded: false, JsonSerializer.SerializeToElement(value));
        }
    }

    private ActionKilledException Killed(string why)
    {
        child.Kill();
        return new ActionKilledException(running, $"The Action was stopped: {why}.", console);
    }
}
