using AuthServer.Core.Clients;
using AuthServer.Core.Model;

namespace AuthServer.Web.Limits;

/// <summary>Counts by the request's address. Clients of administrators that have a secret are not counted.</summary>
internal sealed class UnvettedClientLimits(IHttpContextAccessor accessor, RateLimits limits) : IUnvettedClientLimits
{
    public bool TryPush(Client client) => TryTake(limits.UnvettedPushes, client);

    public bool TryMarkUsed(Client client) => TryTake(limits.UnvettedProofs, client);

    private bool TryTake(RateLimit limit, Client client) =>
        !client.IsUnvetted
        || limits.TryTake(limit, accessor.HttpContext ?? throw new InvalidOperationException("Outside a request."));
}
