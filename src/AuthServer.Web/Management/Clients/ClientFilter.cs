using AuthServer.Core.Clients;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>Which clients a list shows.</summary>
internal sealed record ClientFilter
{
    public bool? IsFirstParty { get; init; }

    public IReadOnlyList<string>? AppTypes { get; init; }

    /// <summary>The global client ("All Applications"), or clients by metadata document: there are none here.</summary>
    public bool MatchesNone { get; init; }

    public static ValueTask<ClientFilter?> BindAsync(HttpContext http)
    {
        if (Query.Text(http, "q") is not null)
            throw Query.Bad("Searching clients is not supported");
        return ValueTask.FromResult<ClientFilter?>(new ClientFilter
        {
            IsFirstParty = Query.Flag(http, "is_first_party"),
            AppTypes = Query.Text(http, "app_type")?.Split(','),
            MatchesNone = Query.Flag(http, "is_global") == true || Query.Text(http, "external_client_id") is not null,
        });
    }

    public IQueryable<Client> Apply(IQueryable<Client> clients)
    {
        if (MatchesNone)
            clients = clients.Where(_ => false);
        if (IsFirstParty is { } isFirstParty)
            clients = clients.Where(c => c.IsFirstParty == isFirstParty);
        if (AppTypes is { } types)
            clients = clients.Where(c => types.Contains(c.AppType));
        return clients;
    }
}
