using AuthServer.Core.Model;

namespace AuthServer.Core.Logs;

/// <summary>The audit log.</summary>
public interface IEventLog
{
    /// <summary>
    /// Records what happened. Of a change, after it is committed: the event is in the store when this ends, and a store
    /// that fails is an exception. Anything else is written a moment later, and costs the caller nothing.
    /// </summary>
    Task RecordAsync(LogEventType type, LogEvent about);

    /// <summary>
    /// Creates the event as it is stored, for a store that writes it together with the change that it records.
    /// </summary>
    LogEvent Complete(LogEventType type, LogEvent about);
}
