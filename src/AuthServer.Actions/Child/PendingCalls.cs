using System.Diagnostics;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>Timers of this process, and answers of the parent, that an Action waits for.</summary>
internal sealed class PendingCalls(ParentChannel parent)
{
    private static readonly JsonElement Undefined = JsonSerializer.SerializeToElement<object?>(null);
    private readonly PriorityQueue<long, TimeSpan> timers = new();
    private readonly Dictionary<long, long> asked = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Queue<HostAnswer> answered = new();
    private int calls;
    private int sleeps;

    public bool IsEmpty => timers.Count == 0 && asked.Count == 0 && answered.Count == 0;

    /// <exception cref="HostException">There are too many.</exception>
    public void Start(long id, string operation, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        if (operation == "sleep")
        {
            if (++sleeps > ActionLimits.MaxTimers)
                throw new HostException($"An Action may have {ActionLimits.MaxTimers} timers");
            var delay = document.RootElement[0].GetDouble();
            timers.Enqueue(id, clock.Elapsed + TimeSpan.FromMilliseconds(Math.Clamp(delay, 0, int.MaxValue)));
            return;
        }

        if (++calls > ActionLimits.MaxHostCalls)
            throw new HostException($"An Action may send {ActionLimits.MaxHostCalls} requests");
        var call = new HostCall(parent.NextCallId(), operation, document.RootElement.Clone());
        asked.Add(call.Id, id);
        parent.Write(new ChildMessage { Call = call });
    }

    /// <summary>Waits for the next timer or answer, and after a wait for an answer for a place to go on.</summary>
    /// <returns>Null when the time is over.</returns>
    public HostAnswer? Next(TimeSpan timeLeft)
    {
        var end = clock.Elapsed + timeLeft;
        if (asked.Count == 0)
            return WaitUntil(end);
        if (WaitUntil(clock.Elapsed) is { } ready)
            return ready;
        parent.Write(new ChildMessage { IsWaiting = true });
        if (WaitUntil(end) is not { } next)
            return null;
        parent.Write(new ChildMessage { IsResuming = true });
        return IsResumed(end) ? next : null;
    }

    private HostAnswer? WaitUntil(TimeSpan end)
    {
        while (true)
        {
            var isTimer = timers.TryPeek(out var id, out var due) && due <= end;
            Receive(answered.Count > 0 ? TimeSpan.Zero : (isTimer ? due : end) - clock.Elapsed);
            if (answered.TryDequeue(out var answer))
                return answer;
            if (isTimer && clock.Elapsed >= due)
            {
                timers.Dequeue();
                return new HostAnswer(id, Succeeded: true, Undefined);
            }

            if (clock.Elapsed >= end || parent.IsClosed)
                return null;
        }
    }

    private bool IsResumed(TimeSpan end)
    {
        while (clock.Elapsed < end && !parent.IsClosed)
        {
            if (Receive(end - clock.Elapsed))
                return true;
        }

        return false;
    }

    /// <summary>Keeps the next answer; one to a call of an earlier Action is dropped.</summary>
    /// <returns>Whether the parent lets the Action resume.</returns>
    private bool Receive(TimeSpan wait)
    {
        var message = parent.Read(wait);
        if (message?.Answer is { } answer && asked.Remove(answer.Id, out var asker))
            answered.Enqueue(answer with { Id = asker });
        return message is { MayResume: true };
    }
}
