using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ClientGrants;

/// <summary>Which client grants a list shows.</summary>
internal sealed record ClientGrantFilter
{
    public string? ClientId { get; init; }

    public string? Audience { get; init; }

    public bool? AllowAnyOrganization { get; init; }

    /// <summary>
    /// Every grant here is a client's own; those of users, and those for whole kinds of clients, are not offered.
    /// </summary>
    public bool MatchesNone { get; init; }

    public static ValueTask<ClientGrantFilter?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<ClientGrantFilter?>(new ClientGrantFilter
        {
            ClientId = Query.Text(http, "client_id"),
            Audience = Query.Text(http, "audience"),
            AllowAnyOrganization = Query.Flag(http, "allow_any_organization"),
            MatchesNone = (Query.Text(http, "subject_type") ?? "client") != "client"
                || Query.Text(http, "default_for") is not null,
        });

    public IQueryable<ClientGrant> Apply(IQueryable<ClientGrant> grants, Issuer issuer)
    {
        if (ClientId is { } clientId)
            grants = grants.Where(g => g.ClientId == clientId);
        if (Audience is { } audience)
        {
            var stored = issuer.Stored(audience);
            grants = grants.Where(g => g.Audience == stored);
        }

        if (AllowAnyOrganization is { } allows)
            grants = grants.Where(g => g.AllowAnyOrganization == allows);
        return MatchesNone ? grants.Where(_ => false) : grants;
    }
}
