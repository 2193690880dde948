using AuthServer.Core.Roles;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

/// <summary>Which roles a list shows.</summary>
internal sealed record RoleFilter
{
    /// <summary>A part of the name.</summary>
    public string? Name { get; init; }

    /// <summary>Every role is the tenant's; roles of another type or of an organization do not exist.</summary>
    public bool MatchesNone { get; init; }

    public static ValueTask<RoleFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<RoleFilter?>(new RoleFilter
    {
        Name = Query.Text(http, "name_filter"),
        MatchesNone = (Query.Text(http, "type") ?? "tenant") != "tenant" || Query.Text(http, "owner_id") is not null,
    });

    public IQueryable<Role> Apply(IQueryable<Role> roles)
    {
        if (Name is { } part)
            roles = roles.Where(r => r.Name.Contains(part));
        return MatchesNone ? roles.Where(_ => false) : roles;
    }
}
