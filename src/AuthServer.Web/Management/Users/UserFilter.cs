using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

/// <summary>Which users a list shows, and in which order.</summary>
internal sealed record UserFilter
{
    public string? Connection { get; init; }

    /// <summary>A search in Lucene's syntax.</summary>
    public string? Search { get; init; }

    /// <summary><c>field:1</c> or <c>field:-1</c>; null for the order of their creation.</summary>
    public string? Sort { get; init; }

    public static ValueTask<UserFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<UserFilter?>(new UserFilter
    {
        Connection = Query.Text(http, "connection"),
        Search = Query.Text(http, "q"),
        Sort = Query.Text(http, "sort"),
    });

    /// <exception cref="ManagementException">The search or the order can't be read.</exception>
    public IQueryable<User> Apply(IQueryable<User> users, AuthDbContext db)
    {
        if (Connection is { } connection)
            users = users.Where(u => u.Identities.Any(i => i.Connection == connection));
        if (Search is { } search)
            users = users.Where(UserSearch.Table.Predicate(search, db));
        return UserSearch.Sort(users, Sort);
    }
}
