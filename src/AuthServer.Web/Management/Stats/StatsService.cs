using System.Globalization;
using System.Text.Json.Nodes;
using AuthServer.Core.Logs;
using AuthServer.Storage;
using AuthServer.Web.Formats;
using AuthServer.Web.Logs;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Stats;

/// <summary>Numbers of logins and sign-ups. Those of days are counted in the audit log as far as it is kept.</summary>
internal sealed class StatsService(AuthDbContext db, LogQueue queue, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 366;

    /// <summary>Two kinds of logins, and sign-ups.</summary>
    private static readonly string[] Counted =
        [LogEventTypes.Login.Code, LogEventTypes.PasswordExchange.Code, LogEventTypes.Signup.Code];

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
        var counts = await CountAsync(first, last, ct);
        return
        [
            .. Enumerable.Range(0, days).Select(first.AddDays)
                .Select(day => Write(day, [.. counts[day.ToString("O", CultureInfo.InvariantCulture)]])),
        ];
    }

    /// <summary>How many users logged in during the last 30 days.</summary>
    public Task<int> ActiveUsersAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(DefaultDays);
        return db.Users.CountAsync(u => u.LastLogin >= since, ct);
    }

    /// <summary>The events by day and type: answered by the index of the date, without a row of the log.</summary>
    private async Task<ILookup<string, Count>> CountAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var start = StartOf(first);
        var end = last == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(last.AddDays(1));
        var counts = await db.LogEvents
            .Where(e => e.Date >= start && e.Date < end && Counted.Contains(e.Type))
            .GroupBy(e => new { Day = AuthDbContext.DayOf(e.Date), e.Type })
            .Select(g => new Count(g.Key.Day, g.Key.Type, g.Count(), g.Min(e => e.Date), g.Max(e => e.Date)))
            .ToListAsync(ct);
        return counts.ToLookup(count => count.Day, StringComparer.Ordinal);
    }

    private static JsonObject Write(DateOnly day, IReadOnlyList<Count> counts)
    {
        var signups = counts.Where(count => count.Type == LogEventTypes.Signup.Code).Sum(count => count.Events);
        var json = new JsonObject
        {
            ["date"] = StartOf(day).Iso(),
            ["logins"] = counts.Sum(count => count.Events) - signups,
            ["signups"] = signups,
            ["leaked_passwords"] = 0,
        };
        if (counts.Count > 0)
        {
            json["created_at"] = counts.Min(count => count.First).Iso();
            json["updated_at"] = counts.Max(count => count.Last).Iso();
        }

        return json;
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The events of one type on one day.</summary>
    private sealed record Count(string Day, string Type, int Events, DateTimeOffset First, DateTimeOffset Last);
}
