using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace AuthServer.Web.Startup;

/// <summary>
/// Buffers log lines, because a write to the console for each one would cost more than the request. A warning, or
/// anything worse, is written at once together with everything before it; the rest within <see cref="FlushInterval"/>,
/// or when the server stops.
/// </summary>
internal sealed class BufferedConsoleSink : ILogEventSink, IDisposable
{
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Timer timer;

    public BufferedConsoleSink(ITextFormatter formatter)
    {
        this.formatter = formatter;
        output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: BufferSize);
        timer = new Timer(_ => Flush(), null, FlushInterval, FlushInterval);
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
        timer.Dispose();
        Flush();
    }

    private void Flush()
    {
        lock (gate)
            output.Flush();
    }
}
