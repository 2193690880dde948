using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage.Clients;

/// <summary>
/// OpenIddict's application store; the two reads that every request makes come from the configuration cache.
/// </summary>
internal sealed class ApplicationStore(
    IMemoryCache cache,
    IOpenIddictEntityFrameworkCoreContext context,
    IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    IClientStore clients)
    : OpenIddictEntityFrameworkCoreApplicationStore<Client, Authorization, Token, Guid>(cache, context, options)
{
    public override ValueTask<Client?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) =>
        clients.FindAsync(identifier, cancellationToken);

    public override ValueTask<Client?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        clients.FindAsync(Guid.Parse(identifier), cancellationToken);
}
