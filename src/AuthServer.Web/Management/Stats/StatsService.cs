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
        var list = new JsonArray();
        foreach (var day in Enumerable.Range(0, days))
            list.Add(await OfDayAsync(first.AddDays(day), ct));
        return list;
    }

    /// <summary>How many users logged in during the last 30 days.</summary>
    public Task<int> ActiveUsersAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(DefaultDays);
        return db.Users.CountAsync(u => u.LastLogin >= since, ct);
    }

    /// <summary>Each question is answered by the index of the date, without a row of the log.</summary>
    private async Task<JsonObject> OfDayAsync(DateOnly day, CancellationToken ct)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var end = day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : start.AddDays(1);
        var ofDay = db.LogEvents.Where(e => e.Date >= start && e.Date < end);
        var logins = await ofDay.CountAsync(e => Logins.Contains(e.Type), ct);
        var signups = await ofDay.CountAsync(e => e.Type == LogEventTypes.Signup.Code, ct);
        var json = new JsonObject
        {
            ["date"] = start.Iso(),
            ["logins"] = logins,
            ["signups"] = signups,
            ["leaked_passwords"] = 0,
        };
        if (logins + signups > 0)
        {
            var moments = ofDay.Where(e => Counted.Contains(e.Type)).Select(e => e.Date);
            json["created_at"] = (await moments.MinAsync(ct)).Iso();
            json["updated_at"] = (await moments.MaxAsync(ct)).Iso();
        }

        return json;
    }
}
