using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AuthServer.TestKit;

/// <summary>The last lines that the server logged, for the message of a test that failed.</summary>
public sealed class RecentLog : ILoggerProvider
{
    private const int Most = 40;
    private readonly ConcurrentQueue<string> lines = new();

    public override string ToString() => string.Join(Environment.NewLine, lines);

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lines.Enqueue(line);
        while (lines.Count > Most)
            lines.TryDequeue(out _);
    }

    private sealed class Category(RecentLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (name.StartsWith("AuthServer", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add($"{logLevel} {name}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
    }
}
