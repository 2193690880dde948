using System.Linq.Expressions;
using AuthServer.Core.Logs;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Logs;

/// <summary>What of an event can be searched and sorted by.</summary>
internal static class LogSearchFields
{
    private const string Open = "*";

    private static readonly Dictionary<string, Expression<Func<LogEvent, string?>>> Texts = new(StringComparer.Ordinal)
    {
        ["type"] = e => e.Type,
        ["description"] = e => e.Description,
        ["connection"] = e => e.Connection,
        ["connection_id"] = e => e.ConnectionId,
        ["client_id"] = e => e.ClientId,
        ["client_name"] = e => e.ClientName,
        ["ip"] = e => e.Ip,
        ["user_agent"] = e => e.UserAgent,
        ["hostname"] = e => e.Hostname,
        ["user_id"] = e => e.UserId,
        ["user_name"] = e => e.UserName,
        ["organization_id"] = e => e.OrganizationId,
        ["organization_name"] = e => e.OrganizationName,
    };

    /// <exception cref="FormatException">There is no such field, or it can't be compared so.</exception>
    public static Expression<Func<LogEvent, bool>> Predicate(LuceneTerm term)
    {
        var (field, value, prefix) = term;
        if (field == "date")
            return prefix ? throw new FormatException("No wildcard for date") : OnDate(term);
        if (term.Until is not null)
            throw new FormatException($"No range for {field}");
        if (field == "log_id")
            return OnId(value);
        if (field == "_exists_")
            return Predicates.On(Known(value), text => text != null);
        var stored = Known(field);
        return prefix
            ? Predicates.On(stored, text => text != null && text.StartsWith(value))
            : Predicates.On(stored, text => text == value);
    }

    /// <param name="events">The events.</param>
    /// <param name="sort"><c>field:1</c> or <c>field:-1</c>; null for the newest first.</param>
    /// <exception cref="FormatException">There is no such order.</exception>
    public static IOrderedQueryable<LogEvent> Sort(IQueryable<LogEvent> events, string? sort)
    {
        if ((sort ?? "date:-1").Split(':') is not [var field, "1" or "-1"] parts
            || (field != "date" && !Texts.ContainsKey(field)))
            throw new FormatException($"sort must be field:1 or field:-1, of date, {string.Join(", ", Texts.Keys)}");
        return (field, parts[1]) switch
        {
            ("date", "1") => events.OrderBy(e => e.Date).ThenBy(e => e.Id),
            ("date", _) => events.OrderByDescending(e => e.Date).ThenByDescending(e => e.Id),
            (_, "1") => events.OrderBy(Texts[field]).ThenBy(e => e.Id),
            _ => events.OrderByDescending(Texts[field]).ThenByDescending(e => e.Id),
        };
    }

    private static Expression<Func<LogEvent, bool>> OnId(string value)
    {
        var place = LogIds.PlaceOf(value);
        return e => e.Id == place;
    }

    /// <summary>A day is all of it, as in Auth0's searches; a moment is just that.</summary>
    private static Expression<Func<LogEvent, bool>> OnDate(LuceneTerm term)
    {
        var inclusive = term.Inclusive || term.Until is null;
        var (from, until) = (term.Value, term.Until ?? term.Value);
        var first = from == Open ? DateTimeOffset.MinValue : inclusive ? Read(from) : After(from);
        var end = until == Open ? DateTimeOffset.MaxValue : inclusive ? After(until) : Read(until);
        return e => e.Date >= first && e.Date < end;
    }

    private static DateTimeOffset After(string text)
    {
        var (first, lasts) = (
            Read(text), text.Length <= "yyyy-MM-dd".Length ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(1));
        return first < DateTimeOffset.MaxValue - lasts ? first + lasts : DateTimeOffset.MaxValue;
    }

    private static DateTimeOffset Read(string text) =>
        Instants.Read(text)
        ?? throw new FormatException($"{text} is no date; it looks like 2026-11-21 or 2026-11-21T08:00:00.000Z");

    private static Expression<Func<LogEvent, string?>> Known(string field) =>
        Texts.TryGetValue(field, out var text) ? text : throw new FormatException($"Can't search by {field}");
}
