using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage.Authorizations;

/// <summary>OpenIddict's authorization store; an authorization that was read with its token is not read again.</summary>
internal sealed class AuthorizationStore(
    IMemoryCache cache,
    IOpenIddictEntityFrameworkCoreContext context,
    IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    IssuanceTransaction issuance)
    : OpenIddictEntityFrameworkCoreAuthorizationStore<Authorization, Client, Token, Guid>(cache, context, options)
{
    public override ValueTask<Authorization?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        issuance.FindAuthorization(Guid.Parse(identifier)) is { } known ? new(known) : base.FindByIdAsync(identifier, cancellationToken);

    public override ValueTask<string?> GetApplicationIdAsync(Authorization authorization, CancellationToken cancellationToken) =>
        new(authorization.ApplicationId?.ToString());

    public override ValueTask SetApplicationIdAsync(Authorization authorization, string? identifier, CancellationToken cancellationToken)
    {
        authorization.ApplicationId = identifier is null ? null : Guid.Parse(identifier);
        return default;
    }
}
