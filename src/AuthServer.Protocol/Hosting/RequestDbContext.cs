using AuthServer.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// The context for OpenIddict's stores: that of the request's scope, so that requests can share handlers and managers;
/// outside of requests that of the scope from which the stores were resolved.
/// </summary>
internal sealed class RequestDbContext(IHttpContextAccessor accessor, IServiceProvider scope)
    : IOpenIddictEntityFrameworkCoreContext
{
    public ValueTask<DbContext> GetDbContextAsync(CancellationToken cancellationToken) =>
        (accessor.HttpContext?.RequestServices ?? scope).GetRequiredService<StoreContext>()
            .GetDbContextAsync(cancellationToken);
}
