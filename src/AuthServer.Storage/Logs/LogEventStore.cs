using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Logs;

/// <summary>Appends to the audit log.</summary>
internal sealed class LogEventStore(IDatabase database, Tables tables) : ILogEventStore
{
    public Task AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken ct) => database.WriteAsync(
        async statements =>
        {
            await InsertAsync(statements, events);
            return true;
        },
        ct);

    /// <summary>
    /// Last statement of a decision. Runs one at a time on all nodes until it is committed: events become visible in
    /// the order of their ids, so that a reader who continues after one does not miss a smaller one.
    /// </summary>
    public async Task InsertAsync(Statements statements, IReadOnlyList<LogEvent> events)
    {
        await database.LockAsync(statements, "log-events");
        await statements.InsertAsync(tables.LogEvents, events);
    }
}
