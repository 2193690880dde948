using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Logs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>Events that a server recorded.</summary>
public static class AuditLog
{
    extension(TestServer server)
    {
        /// <summary>All of it, the oldest first.</summary>
        public async Task<IReadOnlyList<LogEvent>> EventsAsync()
        {
            await server.Services.GetRequiredService<LogQueue>().ReachAsync(CancellationToken.None);
            return await server.WithAsync<AuthDbContext, List<LogEvent>>(db =>
                db.LogEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync());
        }

        /// <summary>Events that were recorded during an operation.</summary>
        public async Task<IReadOnlyList<LogEvent>> EventsOfAsync(Func<Task> doing)
        {
            var before = (await server.EventsAsync()).Count;
            await doing();
            return [.. (await server.EventsAsync()).Skip(before)];
        }

        /// <summary>The first event of a type and about something, which a job records in its own time.</summary>
        public Task<LogEvent> EventAsync(string type, Func<LogEvent, bool>? about = null) => Eventually.FindAsync(
            async () => (await server.EventsAsync()).FirstOrDefault(
                e => e.Type == type && about?.Invoke(e) != false),
            $"There is no event {type}.");
    }

    public static IEnumerable<string> Types(this IEnumerable<LogEvent> events) => events.Select(e => e.Type);
}
