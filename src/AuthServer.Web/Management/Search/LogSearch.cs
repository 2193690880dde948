using System.Linq.Expressions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Search;

/// <summary>The fields by which events of the log are searched and sorted.</summary>
internal static class LogSearch
{
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

    private static readonly string[] DefaultTexts =
        ["client_name", "connection", "description", "ip", "type", "user_name"];

    public static SearchTable<LogEvent> Table { get; } = new()
    {
        Fields = new Dictionary<string, SearchField<LogEvent>>(
            Texts.Select(text => KeyValuePair.Create(text.Key, SearchFields.Text(text.Value))), StringComparer.Ordinal)
        {
            ["date"] = SearchFields.Date<LogEvent>(e => e.Date),
            ["log_id"] = (term, _) => Id(term) ?? throw term.Error("log_id is compared as a whole"),
        },
        Default = InDefaultFields,
    };

    /// <param name="events">The events.</param>
    /// <param name="sort"><c>field:1</c> or <c>field:-1</c>; null for the newest first.</param>
    public static IOrderedQueryable<LogEvent> Sort(IQueryable<LogEvent> events, string? sort)
    {
        if ((sort ?? "date:-1").Split(':') is not [var field, "1" or "-1"] parts
            || (field != "date" && !Texts.ContainsKey(field)))
            throw Query.Bad($"sort must be field:1 or field:-1, of date, {string.Join(", ", Texts.Keys)}");
        return (field, parts[1]) switch
        {
            ("date", "1") => events.OrderBy(e => e.Date).ThenBy(e => e.Id),
            ("date", _) => events.OrderByDescending(e => e.Date).ThenByDescending(e => e.Id),
            (_, "1") => events.OrderBy(Texts[field]).ThenBy(e => e.Id),
            _ => events.OrderByDescending(Texts[field]).ThenByDescending(e => e.Id),
        };
    }

    private static Expression<Func<LogEvent, bool>> InDefaultFields(SearchTerm term, AuthDbContext db)
    {
        var texts = DefaultTexts.Select(name => SearchFields.Text(Texts[name])(term, db)).Aggregate(Predicates.Or);
        return Id(term) is { } id ? Predicates.Or(texts, id) : texts;
    }

    /// <returns>Null for what is not asked of an id.</returns>
    private static Expression<Func<LogEvent, bool>>? Id(SearchTerm term)
    {
        switch (term.Condition)
        {
            case SearchCondition.Exact exact:
                var place = LogIds.PlaceOf(exact.Text);
                return e => e.Id == place;
            case SearchCondition.Exists:
                return _ => true;
            default:
                return null;
        }
    }
}
