using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

/// <summary>Which roles a list shows.</summary>
internal sealed record RoleFilter
{
    /// <summary>A part of the name, in any case.</summary>
    public string? Name { get; init; }

    /// <summary>Only those with permissions of the Management API; for a caller inside this server.</summary>
    public bool OpensDashboard { get; init; }

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
            roles = roles.Where(r => AuthDbContext.Upper(r.Name).Contains(AuthDbContext.Upper(part)));
        if (OpensDashboard)
            roles = roles.Where(r => r.Permissions.Any(p => p.Audience == Issuer.ManagementApi));
        return MatchesNone ? roles.Where(_ => false) : roles;
    }
}
