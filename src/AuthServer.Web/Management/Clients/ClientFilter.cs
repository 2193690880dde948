using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>Which clients a list shows.</summary>
internal sealed record ClientFilter
{
    public bool? IsFirstParty { get; init; }

    public IReadOnlyList<string>? AppTypes { get; init; }

    /// <summary>Clients by metadata document: there are none here.</summary>
    public bool MatchesNone { get; init; }

    /// <summary>The server's own client, which is the dashboard's.</summary>
    public bool? IsGlobal { get; init; }

    /// <summary>A part of the name, or the client id; only for a caller inside this server.</summary>
    public string? Search { get; init; }

    /// <summary>Only these; for a caller inside this server.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public bool? IsSelfRegistered { get; init; }

    /// <summary>Only those that may sign users in to organizations; only for a caller inside this server.</summary>
    public bool IsForOrganizations { get; init; }

    public DateTimeOffset? CreatedSince { get; init; }

    /// <summary>The oldest come first else.</summary>
    public bool IsNewestFirst { get; init; }

    public static ValueTask<ClientFilter?> BindAsync(HttpContext http)
    {
        if (Query.Text(http, "q") is not null)
            throw Query.Bad("Searching clients is not supported");
        return ValueTask.FromResult<ClientFilter?>(new ClientFilter
        {
            IsFirstParty = Query.Flag(http, "is_first_party"),
            AppTypes = Query.Text(http, "app_type")?.Split(','),
            IsGlobal = Query.Flag(http, "is_global"),
            MatchesNone = Query.Text(http, "external_client_id") is not null,
        });
    }

    public IOrderedQueryable<Client> Apply(IQueryable<Client> clients)
    {
        if (MatchesNone)
            clients = clients.Where(_ => false);
        if (IsGlobal is { } isGlobal)
            clients = clients.Where(c => (c.ClientId == DashboardApplication.ClientId) == isGlobal);
        if (IsFirstParty is { } isFirstParty)
            clients = clients.Where(c => c.IsFirstParty == isFirstParty);
        if (AppTypes is { } types)
            clients = clients.Where(c => types.Contains(c.AppType));
        if (Ids is { } ids)
            clients = clients.Where(c => ids.Contains(c.ClientId));
        if (Search is { Length: > 0 } search)
        {
            clients = clients.Where(
                c => c.ClientId == search
                    || AuthDbContext.Upper(c.DisplayName!).Contains(AuthDbContext.Upper(search)));
        }

        if (IsSelfRegistered is { } isSelfRegistered)
            clients = clients.Where(c => c.IsSelfRegistered == isSelfRegistered);
        if (IsForOrganizations)
            clients = clients.Where(c => c.OrganizationUsage != OrganizationUsages.Deny);
        if (CreatedSince is { } since)
            clients = clients.Where(c => c.CreatedAt >= since);
        return IsNewestFirst
            ? clients.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.ClientId)
            : clients.OrderBy(c => c.CreatedAt).ThenBy(c => c.ClientId);
    }
}
