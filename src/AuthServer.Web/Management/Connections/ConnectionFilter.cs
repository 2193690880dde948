using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>Which connections a list shows.</summary>
internal sealed record ConnectionFilter
{
    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];

    public string? Name { get; init; }

    /// <summary>A part of the name or of the display name; only for a caller inside this server.</summary>
    public string? Search { get; init; }

    /// <summary>By name; by id else.</summary>
    public bool IsByName { get; init; }

    public static ValueTask<ConnectionFilter?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<ConnectionFilter?>(new ConnectionFilter
        {
            Strategies = Query.Many(http, "strategy", "strategy[]"),
            Name = Query.Text(http, "name"),
        });

    public IOrderedQueryable<Connection> Apply(IQueryable<Connection> connections)
    {
        var strategies = Strategies;
        if (strategies.Count > 0)
            connections = connections.Where(c => strategies.Contains(c.Strategy));
        if (Name is { } name)
            connections = connections.Where(c => c.Name == name);
        if (Search is { Length: > 0 } search)
        {
            connections = connections.Where(
                c => AuthDbContext.Upper(c.Name).Contains(AuthDbContext.Upper(search))
                    || AuthDbContext.Upper(c.DisplayName!).Contains(AuthDbContext.Upper(search)));
        }

        return IsByName ? connections.OrderBy(c => c.Name) : connections.OrderBy(c => c.Id);
    }
}
