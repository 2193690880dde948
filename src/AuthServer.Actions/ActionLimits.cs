namespace AuthServer.Actions;

/// <summary>How much an Action may use.</summary>
public sealed record ActionLimits
{
    /// <summary>Characters of an Action's code.</summary>
    public const int MaxCode = 100_000;

    /// <summary>Actions bound to one trigger.</summary>
    public const int MaxBindings = 20;

    /// <summary>Bytes that an Action may allocate.</summary>
    internal const long MaxAllocation = 16 << 20;

    /// <summary>Bytes of the heap of a child process.</summary>
    internal const long MaxHeap = 128 << 20;

    internal const int MaxCallDepth = 512;

    internal const int MaxArrayLength = 100_000;

    internal const int MaxJsonDepth = 64;

    /// <summary>Requests to other servers that an Action may send.</summary>
    internal const int MaxHostCalls = 50;

    /// <summary>Timers that an Action may start; an interval is one each time.</summary>
    internal const int MaxTimers = 1_000;

    /// <summary>Lines that an Action may write to the console.</summary>
    internal const int MaxLines = 100;

    /// <summary>Characters of each.</summary>
    internal const int MaxLineLength = 256;

    /// <summary>Bytes of one message of a child process.</summary>
    internal const int MaxMessage = 4 << 20;

    internal static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(50);

    /// <summary>Time of the processor, not of the clock: a busy machine must not fail a login.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time for all Actions of a trigger, their requests to other servers among it.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Child processes that execute at once.</summary>
    public int Processes { get; init; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>
    /// Child processes that have a run: those that execute, and those that wait for the answer to a request. One more
    /// may be in reserve.
    /// </summary>
    internal int MaxProcesses => Processes * 4;
}
