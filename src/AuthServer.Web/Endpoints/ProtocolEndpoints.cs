using AuthServer.Core.Authorize;
using AuthServer.Core.Users;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>The protocol's endpoints, and the handlers of Core that decide behind them.</summary>
public static class ProtocolEndpoints
{
    public static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PendingAuthorizations>().AddSingleton<AuthorizeAnswer>();
        services.AddScoped<BrowserSession>().AddScoped<PasswordLogin>();
        services.AddScoped<AuthorizeStores>().AddScoped<AuthorizeHandler>().AddScoped<AuthorizeEndpoint.AuthorizeRequest>();
        return services;
    }

    public static void MapProtocol(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthorize();
    }
}
