using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Resources;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage;

/// <summary>OpenIddict's managers and stores over this server's entities and its one context.</summary>
public static class OpenIddictStores
{
    public static OpenIddictCoreBuilder UseAuthServerStores(this OpenIddictCoreBuilder core)
    {
        core.UseEntityFrameworkCore().ReplaceDefaultEntities<Client, Authorization, ResourceServer, Token, Guid>();
        core.ReplaceApplicationStore<Client, ApplicationStore>();
        core.ReplaceTokenStore<Token, TokenStore>().ReplaceTokenManager<Token, TokenManager>();
        core.ReplaceAuthorizationStore<Authorization, AuthorizationStore>();

        // Clients and APIs are cached by the catalogue, which every node keeps current; the rest must not be cached.
        core.DisableEntityCaching().DisableAdditionalFiltering();
        var cache = new NoEntityCache();
        core.Services.Replace(ServiceDescriptor.Singleton<IOpenIddictApplicationCache<Client>>(cache));
        core.Services.Replace(ServiceDescriptor.Singleton<IOpenIddictAuthorizationCache<Authorization>>(cache));
        core.Services.Replace(ServiceDescriptor.Singleton<IOpenIddictTokenCache<Token>>(cache));
        core.Services.Replace(ServiceDescriptor.Scoped<IOpenIddictEntityFrameworkCoreContext, LazyDbContext>());
        core.Services.AddScoped<IssuanceTransaction>();
        return core;
    }
}
