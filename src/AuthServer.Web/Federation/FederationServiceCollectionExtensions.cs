using AuthServer.Core.Federation;

namespace AuthServer.Web.Federation;

/// <summary>This server as a relying party of identity providers.</summary>
public static class FederationServiceCollectionExtensions
{
    public static IServiceCollection AddFederation(this IServiceCollection services) => services
        .AddScoped<OidcProviderClient>()
        .AddScoped<ExternalLoginState>()
        .AddScoped<ExternalLoginChallenge>()
        .AddScoped<ExternalLoginSignIn>()
        .AddScoped<FederatedLogout>()
        .AddSingleton<LinkTickets>()
        .AddSingleton<ConnectionTrials>();
}
