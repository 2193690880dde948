using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace AuthServer.TestKit;

/// <summary>The last lines that the server logged, for the message of a test that failed.</summary>
public sealed class RecentLog : ILogEventSink
{
    private const int MaxLines = 40;
    private readonly ConcurrentQueue<string> lines = new();

    public override string ToString() => string.Join(Environment.NewLine, lines);

    public void Clear() => lines.Clear();

    public void Emit(LogEvent logEvent)
    {
        var message = logEvent.RenderMessage(CultureInfo.InvariantCulture);
        var exception = logEvent.Exception is null ? "" : Environment.NewLine + logEvent.Exception;
        lines.Enqueue($"{logEvent.Level} {Source(logEvent)}: {message}{exception}");
        while (lines.Count > MaxLines)
            lines.TryDequeue(out _);
    }

    private static object? Source(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue source
            ? source.Value
            : null;
}
