using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage.Authorizations;

/// <summary>
/// OpenIddict's authorization store; an authorization that was read with its token is not read again.
/// </summary>
internal sealed class AuthorizationStore(
    IMemoryCache cache,
    IOpenIddictEntityFrameworkCoreContext context,
    IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    IssuanceTransaction issuance)
    : OpenIddictEntityFrameworkCoreAuthorizationStore<Authorization, Client, Token, Guid>(cache, context, options)
{
    public override ValueTask<Authorization?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        issuance.FindAuthorization(Guid.Parse(identifier)) is { } known
            ? new(known)
            : base.FindByIdAsync(identifier, cancellationToken);
}
