using System.Globalization;
using System.Text.Json.Nodes;
using AuthServer.Core.Logs;
using AuthServer.Storage;
using AuthServer.Web.Logs;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Stats;

/// <summary>Numbers of logins and sign-ups, counted in the audit log as far as it is kept.</summary>
internal sealed class StatsService(AuthDbContext db, LogQueue queue, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    private static readonly string[] Logins = [LogEventTypes.Login.Code, LogEventTypes.PasswordExchange.Code];
    private static readonly string[] Counted = [.. Logins, LogEventTypes.Signup.Code];

    /// <summary>Every day of a range, in UTC; the last 30 days unless the caller asks for others.</summary>
    /// <param name="from">The first day; 29 days before the last unless it is given.</param>
    /// <param name="to">The last day; today unless it is given.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonArray> DailyAsync(DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var last = to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = from ?? last.AddDays(1 - Math.Min(DefaultDays, last.DayNumber + 1));
        var days = last.DayNumber - first.DayNumber + 1;
        if (days is < 1 or > MaxDays)
            throw Query.Bad($"Expected 1 to {MaxDays} days between from and to");
        await queue.ReachAsync(ct);
        var counts = (await CountAsync(first, last, ct)).ToLookup(count => count.Day, StringComparer.Ordinal);
        var all = Enumerable.Range(0, days).Select(first.AddDays);
        return new JsonArray([.. all.Select(day => (JsonNode?)OfDay(day, counts[DayOf(day)]))]);
    }

    /// <summary>How many users logged in during the last 30 days.</summary>
    public async Task<int> ActiveUsersAsync(CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        var since = time.GetUtcNow() - TimeSpan.FromDays(DefaultDays);
        return await db.LogEvents
            .Where(e => e.Date >= since && e.UserId != null && Logins.Contains(e.Type))
            .Select(e => e.UserId).Distinct().CountAsync(ct);
    }

    private async Task<List<DayCount>> CountAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var start = StartOf(first);
        var end = last == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(last.AddDays(1));
        return await db.LogEvents
            .Where(e => e.Date >= start && e.Date < end && Counted.Contains(e.Type))
            .GroupBy(e => new { Day = AuthDbContext.DayOf(e.Date), e.Type })
            .Select(g => new DayCount(g.Key.Day, g.Key.Type, g.Count(), g.Min(e => e.Date), g.Max(e => e.Date)))
            .ToListAsync(ct);
    }

    private static JsonObject OfDay(DateOnly day, IEnumerable<DayCount> counts)
    {
        var json = new JsonObject
        {
            ["date"] = StartOf(day).Iso(),
            ["logins"] = counts.Where(c => Logins.Contains(c.Type, StringComparer.Ordinal)).Sum(c => c.Count),
            ["signups"] = counts.Where(c => c.Type == LogEventTypes.Signup.Code).Sum(c => c.Count),
            ["leaked_passwords"] = 0,
        };
        if (counts.Any())
        {
            json["created_at"] = counts.Min(c => c.First).Iso();
            json["updated_at"] = counts.Max(c => c.Last).Iso();
        }

        return json;
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>As <see cref="AuthDbContext.DayOf"/> has it.</summary>
    private static string DayOf(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Events of one type on one day.</summary>
    private sealed record DayCount(string Day, string Type, int Count, DateTimeOffset First, DateTimeOffset Last);
}
