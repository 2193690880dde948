using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

/// <summary>Which refresh tokens a body means: those that fit all it says.</summary>
internal sealed class RefreshTokenSelection
{
    public static ResourceSchema<RefreshTokenSelection> Wire { get; } = new ResourceSchema<RefreshTokenSelection>()
        .Texts("ids", s => s.Ids, (s, v) => s.Ids = v)
        .OptionalText("user_id", s => s.UserId, (s, v) => s.UserId = v)
        .OptionalText("client_id", s => s.ClientId, (s, v) => s.ClientId = v)
        .OptionalText("audience", s => s.Audience, (s, v) => s.Audience = v);

    public IReadOnlyList<string> Ids { get; private set; } = [];
    public string? UserId { get; private set; }
    public string? ClientId { get; private set; }
    public string? Audience { get; private set; }

    public IQueryable<Authorization> Narrow(IQueryable<Authorization> authorizations, Issuer issuer)
    {
        if (Ids.Count > 0)
        {
            var ids = Ids.Select(id => Guid.TryParseExact(id, "N", out var parsed) ? parsed : Guid.Empty).ToList();
            authorizations = authorizations.Where(a => ids.Contains(a.Id));
        }

        if (UserId is { } userId)
            authorizations = authorizations.Where(a => a.UserId == userId);
        if (ClientId is { } clientId)
            authorizations = authorizations.Where(a => a.ClientId == clientId);
        if (Audience is { } named)
        {
            var audience = issuer.Stored(named);
            authorizations = authorizations.Where(a => a.Audience == audience);
        }

        return authorizations;
    }
}
