using System.Runtime;
using Jint;

namespace AuthServer.Actions.Child;

/// <summary>
/// Ends an Action that has used its time of the processor. The runtime's compilation is not counted.
/// </summary>
internal sealed class CpuConstraint : Constraint
{
    /// <summary>Checks between two readings of the time that was used.</summary>
    private const int Interval = 64;

    private TimeSpan end = TimeSpan.MaxValue;
    private int checks;

    private static TimeSpan Used => Environment.CpuUsage.TotalTime - JitInfo.GetCompilationTime();

    public void Start(TimeSpan budget) => end = Used + budget;

    /// <summary>The time accumulates over several entries into the engine.</summary>
    public override void Reset()
    {
    }

    public override void Check()
    {
        if (++checks % Interval == 0)
            CheckNow();
    }

    /// <summary>An operation whose cost is bounded otherwise.</summary>
    public T Uncounted<T>(Func<T> operation)
    {
        var before = Used;
        var result = operation();
        end += Used - before;
        return result;
    }

    /// <summary>After an operation that takes long by itself.</summary>
    public void CheckNow()
    {
        if (Used > end)
            throw new TimeoutException("The Action used more time of the processor than it may.");
    }
}
