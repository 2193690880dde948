using AuthServer.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// The context for OpenIddict's stores: that of the request's scope, so that handlers and managers can be shared by
/// requests; outside of requests that of the scope from which the stores were resolved. Created when a store first needs
/// it: most token requests never do.
/// </summary>
internal sealed class RequestDbContext(IHttpContextAccessor accessor, IServiceProvider scope)
    : IOpenIddictEntityFrameworkCoreContext
{
    public ValueTask<DbContext> GetDbContextAsync(CancellationToken cancellationToken) =>
        new((accessor.HttpContext?.RequestServices ?? scope).GetRequiredService<AuthDbContext>());
}
