using AuthServer.Actions;

namespace AuthServer.Web.Actions;

/// <summary>How much Actions may use (docs/actions.md#limits).</summary>
public sealed class ActionOptions
{
    /// <summary>Milliseconds of the processor for one Action.</summary>
    public int CpuMilliseconds { get; set; } = 100;

    /// <summary>Seconds for all Actions of a trigger.</summary>
    public int Seconds { get; set; } = 20;

    /// <summary>
    /// Processes that execute Actions at once; one for each processor, and four at most, when not given.
    /// </summary>
    public int? Processes { get; set; }

    public IEnumerable<string> Validate()
    {
        if (CpuMilliseconds is < 10 or > 60_000)
            yield return "AuthServer__Actions__CpuMilliseconds must be between 10 and 60000.";
        if (Seconds is < 1 or > 60)
            yield return "AuthServer__Actions__Seconds must be between 1 and 60.";
        if (Processes is < 1 or > 64)
            yield return "AuthServer__Actions__Processes must be between 1 and 64.";
    }

    public ActionLimits Limits()
    {
        var limits = new ActionLimits
        {
            Cpu = TimeSpan.FromMilliseconds(CpuMilliseconds),
            Wall = TimeSpan.FromSeconds(Seconds),
        };
        return Processes is { } processes ? limits with { Processes = processes } : limits;
    }
}
