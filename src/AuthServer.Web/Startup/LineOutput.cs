using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace AuthServer.Web.Startup;

/// <summary>
/// Log lines on the standard output, some at a time: a system call for each would cost more than the request that it speaks of. A warning, and whatever is worse,
/// goes out at once with all before it; the rest within <see cref="Longest"/>, or when the server stops.
/// </summary>
internal sealed class LineOutput : ILogEventSink, IDisposable
{
    private const int Buffer = 16 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Timer flush;

    public LineOutput(ITextFormatter formatter, Stream stream)
    {
        this.formatter = formatter;
        output = new StreamWriter(stream, bufferSize: Buffer);
        flush = new Timer(_ => Flush(), null, Longest, Longest);
    }

    public void Emit(LogEvent logEvent)
    {
        lock (gate)
        {
            formatter.Format(logEvent, output);
            if (logEvent.Level >= LogEventLevel.Warning)
                output.Flush();
        }
    }

    public void Dispose()
    {
        flush.Dispose();
        Flush();
    }

    private void Flush()
    {
        lock (gate)
            output.Flush();
    }
}
