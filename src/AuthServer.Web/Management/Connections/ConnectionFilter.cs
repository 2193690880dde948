using AuthServer.Core.Connections;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>Which connections a list shows.</summary>
internal sealed record ConnectionFilter
{
    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> Strategies { get; init; } = [];

    public string? Name { get; init; }

    public static ValueTask<ConnectionFilter?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<ConnectionFilter?>(new ConnectionFilter
        {
            Strategies = Query.Many(http, "strategy", "strategy[]"),
            Name = Query.Text(http, "name"),
        });

    public IQueryable<Connection> Apply(IQueryable<Connection> connections)
    {
        var strategies = Strategies;
        if (strategies.Count > 0)
            connections = connections.Where(c => strategies.Contains(c.Strategy));
        if (Name is { } name)
            connections = connections.Where(c => c.Name == name);
        return connections;
    }
}
