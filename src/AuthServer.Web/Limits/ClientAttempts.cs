using AuthServer.Core.Clients;

namespace AuthServer.Web.Limits;

/// <summary>
/// Only failures are counted, by client and address: a backend that knows its secret is never slowed down by them.
/// </summary>
internal sealed class ClientAttempts(IHttpContextAccessor accessor, RateLimits limits) : IClientAttempts
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Outside a request.");

    public bool MayTry(string clientId) => limits.HasLeft(limits.FailedClientAuthentications, Http, clientId);

    public void CountFailure(string clientId) => limits.Count(limits.FailedClientAuthentications, Http, clientId);
}
