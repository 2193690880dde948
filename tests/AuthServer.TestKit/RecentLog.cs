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
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>Every line of level Error or above.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    public override string ToString() => string.Join(Environment.NewLine, lines);

    public void Clear() => lines.Clear();

    public void Emit(LogEvent logEvent)
    {
        var message = logEvent.RenderMessage(CultureInfo.InvariantCulture);
        var exception = logEvent.Exception is null ? "" : Environment.NewLine + logEvent.Exception;
        var line = $"{logEvent.Level} {Source(logEvent)}: {message}{exception}";
        if (logEvent.Level >= LogEventLevel.Error)
            errors.Enqueue(line);
        lines.Enqueue(line);
        while (lines.Count > MaxLines)
            lines.TryDequeue(out _);
    }

    private static object? Source(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue source
            ? source.Value
            : null;
}
