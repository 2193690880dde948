using AuthServer.Core.Model;

namespace AuthServer.Core.Logs;

/// <summary>Store of the audit log.</summary>
public interface ILogEventStore
{
    /// <summary>All of them or none.</summary>
    Task AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken ct);
}
