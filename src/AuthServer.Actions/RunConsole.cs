namespace AuthServer.Actions;

/// <summary>
/// The console of the Actions of a run. Its lines come from a process that is not trusted, so that they are bounded
/// here too.
/// </summary>
public sealed class RunConsole
{
    private readonly List<(int Action, string Line)> lines = [];

    /// <param name="action">Index of the Action in the run.</param>
    /// <param name="line">A line.</param>
    public void Add(int action, string line)
    {
        if (line.Length <= ActionLimits.MaxLineLength && lines.Count < ActionLimits.MaxBindings * ActionLimits.MaxLines)
            lines.Add((action, line));
    }

    /// <summary>The lines of one Action.</summary>
    public IReadOnlyList<string> LinesOf(int action) =>
        [.. lines.Where(written => written.Action == action).Select(written => written.Line)];
}
