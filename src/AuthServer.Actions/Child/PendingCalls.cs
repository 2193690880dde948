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
    private int calls;
    private bool isAnnounced;

    public bool IsEmpty => timers.Count == 0 && asked.Count == 0;

    /// <exception cref="HostException">There are too many.</exception>
    public void Start(long id, string operation, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        if (operation == "sleep")
        {
            if (timers.Count >= ActionLimits.MaxTimers)
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

    /// <summary>Waits for the next timer or answer.</summary>
    /// <returns>Null when the time is over.</returns>
    public HostAnswer? Next(TimeSpan timeLeft)
    {
        var end = clock.Elapsed + timeLeft;
        if (asked.Count > 0 && !isAnnounced)
        {
            parent.Write(new ChildMessage { IsWaiting = true });
            isAnnounced = true;
        }

        while (true)
        {
            var isTimer = timers.TryPeek(out var id, out var due) && due < end;
            var wait = (isTimer ? due : end) - clock.Elapsed;

            // The answer to a call of an earlier Action finds nothing here.
            if (parent.Read(wait) is { Answer: { } answer } && asked.Remove(answer.Id, out var asker))
            {
                isAnnounced = false;
                return answer with { Id = asker };
            }

            if (isTimer && clock.Elapsed >= due)
            {
                timers.Dequeue();
                return new HostAnswer(id, Succeeded: true, Undefined);
            }

            if (clock.Elapsed >= end || parent.IsClosed)
                return null;
        }
    }
}
