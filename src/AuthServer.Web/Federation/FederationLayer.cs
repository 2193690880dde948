using AuthServer.Core.Federation;

namespace AuthServer.Web.Federation;

/// <summary>This server as a relying party of identity providers.</summary>
public static class FederationLayer
{
    public static IServiceCollection AddFederation(this IServiceCollection services) => services
        .AddScoped<ProviderDialogue>()
        .AddScoped<SignInAttempts>()
        .AddScoped<ProviderTrip>()
        .AddScoped<ProviderArrival>()
        .AddScoped<FederatedLogout>()
        .AddSingleton<LinkTickets>();
}
