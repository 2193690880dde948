namespace AuthServer.Actions;

/// <summary>
/// The console of the Actions of a run. Its lines come from a process that is not trusted, so that they are bounded
/// here too.
/// </summary>
public sealed class RunConsole
{
    private readonly Dictionary<int, List<string>> lines = [];

    /// <param name="action">Index of the Action in the run.</param>
    /// <param name="line">A line.</param>
    public void Add(int action, string line)
    {
        if (!lines.TryGetValue(action, out var written))
            lines[action] = written = [];
        if (written.Count < ActionLimits.MaxLines && line.Length <= ActionLimits.MaxLineLength)
            written.Add(line);
    }

    /// <summary>The lines of one Action.</summary>
    public IReadOnlyList<string> LinesOf(int action) => lines.GetValueOrDefault(action) ?? [];
}
