using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Grants;

/// <summary>Which consents a list shows.</summary>
internal sealed record GrantFilter
{
    public string? UserId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>That of <c>/userinfo</c> for consents without an API.</summary>
    public string? Audience { get; init; }

    public static ValueTask<GrantFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<GrantFilter?>(
        new GrantFilter
        {
            UserId = Query.Text(http, "user_id"),
            ClientId = Query.Text(http, "client_id"),
            Audience = Query.Text(http, "audience"),
        });

    public IQueryable<Authorization> Apply(IQueryable<Authorization> consents, Issuer issuer)
    {
        if (UserId is { } userId)
            consents = consents.Where(c => c.UserId == userId);
        if (ClientId is { } clientId)
            consents = consents.Where(c => c.ClientId == clientId);
        if (Audience is { } audience)
        {
            var stored = audience == issuer.UserInfo ? null : issuer.Stored(audience);
            consents = consents.Where(c => c.Audience == stored);
        }

        return consents;
    }
}
