using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>
/// The console of one Action. The parent gets each line when it is written, so that it has them when this process is
/// killed; only the last waits for the end, because it may have to be the number of the others.
/// </summary>
internal sealed class ConsoleLines(ParentChannel parent)
{
    private int written;
    private string last = "";

    /// <param name="line">Null for one that is not shown.</param>
    public void Add(string? line)
    {
        if (++written < ActionLimits.MaxLines)
            parent.Write(new ChildMessage { Line = line });
        else if (written == ActionLimits.MaxLines)
            last = line!;
    }

    public void End()
    {
        if (written >= ActionLimits.MaxLines)
            parent.Write(new ChildMessage { Line = written == ActionLimits.MaxLines ? last : OtherLines });
    }

    private string OtherLines => $"{written - ActionLimits.MaxLines + 1} more lines";
}
