using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage;

/// <summary>
/// The context of a scope for OpenIddict's stores, created when one of them first needs it: most token requests never
/// do.
/// </summary>
public sealed class StoreContext(Lazy<AuthDbContext> context) : IOpenIddictEntityFrameworkCoreContext
{
    public ValueTask<DbContext> GetDbContextAsync(CancellationToken cancellationToken) => new(context.Value);
}
