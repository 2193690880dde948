namespace AuthServer.Core.Logs;

/// <summary>Where the audit log is kept.</summary>
public interface ILogEventStore
{
    /// <summary>All of them or none.</summary>
    Task AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken ct);
}
