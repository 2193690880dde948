using AuthServer.Core.Model;
using AuthServer.Storage.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage;

/// <summary>OpenIddict's managers and stores over this server's entities and its one context.</summary>
public static class OpenIddictStores
{
    /// <typeparam name="TContext">Finds the <see cref="StoreContext"/> that the stores read and write by.</typeparam>
    public static OpenIddictCoreBuilder UseAuthServerStores<TContext>(this OpenIddictCoreBuilder core)
        where TContext : class, IOpenIddictEntityFrameworkCoreContext
    {
        core.UseEntityFrameworkCore().ReplaceDefaultEntities<Client, Authorization, ResourceServer, Token, Guid>();
        core.ReplaceApplicationStore<Client, ApplicationStore>();

        // Clients and APIs are in the configuration cache, which every node keeps current; the rest must not be cached.
        core.DisableEntityCaching().DisableAdditionalFiltering();
        core.Services.AddScoped<StoreContext>();
        core.Services.Replace(ServiceDescriptor.Scoped<IOpenIddictEntityFrameworkCoreContext, TContext>());
        return core;
    }
}
