using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Logs;

/// <summary>Which events a list shows, and in which order.</summary>
internal sealed record LogFilter
{
    /// <summary>Searches in Lucene's syntax, all of which an event matches.</summary>
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary><c>field:1</c> or <c>field:-1</c>; null for the newest first.</summary>
    public string? Sort { get; init; }

    /// <summary>The newer SDKs send <c>search</c> where the older ones send <c>q</c>.</summary>
    public static ValueTask<LogFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<LogFilter?>(new LogFilter
    {
        Searches = [.. ((string[])["q", "search"]).Select(name => Query.Text(http, name)).OfType<string>()],
        Sort = Query.Text(http, "sort"),
    });

    /// <exception cref="ManagementException">A search or the order can't be read.</exception>
    public IQueryable<LogEvent> Apply(IQueryable<LogEvent> events, AuthDbContext db)
    {
        foreach (var search in Searches)
            events = events.Where(LogSearch.Table.Predicate(search, db));
        return LogSearch.Sort(events, Sort);
    }
}
