using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

/// <summary>Which refresh tokens a body means: those that fit all it says.</summary>
internal sealed class RefreshTokenSelection
{
    public static WireTable<RefreshTokenSelection> Wire { get; } = new WireTable<RefreshTokenSelection>()
        .Texts("ids", s => s.Ids, (s, v) => s.Ids = v)
        .OptionalText("user_id", s => s.UserId, (s, v) => s.UserId = v)
        .OptionalText("client_id", s => s.ClientId, (s, v) => s.ClientId = v)
        .OptionalText("audience", s => s.Audience, (s, v) => s.Audience = v);

    public IReadOnlyList<string> Ids { get; private set; } = [];
    public string? UserId { get; private set; }
    public string? ClientId { get; private set; }
    public string? Audience { get; private set; }

    public IQueryable<Grant> Narrow(IQueryable<Grant> grants, Issuer issuer)
    {
        if (Ids.Count > 0)
        {
            var ids = Ids.Select(id => Guid.TryParseExact(id, "N", out var parsed) ? parsed : Guid.Empty).ToList();
            grants = grants.Where(g => ids.Contains(g.Id));
        }

        if (UserId is { } userId)
            grants = grants.Where(g => g.UserId == userId);
        if (ClientId is { } clientId)
            grants = grants.Where(g => g.ClientId == clientId);
        if (Audience is { } named)
        {
            var audience = issuer.Stored(named);
            grants = grants.Where(g => g.Audience == audience);
        }

        return grants;
    }
}
