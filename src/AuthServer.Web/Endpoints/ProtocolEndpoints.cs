using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logout;
using AuthServer.Core.Register;
using AuthServer.Core.Requests;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>The protocol's endpoints, and the handlers of Core that decide behind them.</summary>
public static class ProtocolEndpoints
{
    public static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PendingAuthorizations>().AddSingleton<PendingLogouts>().AddSingleton<AuthorizeAnswer>();
        services.AddScoped<BrowserSession>().AddScoped<PasswordLogin>();
        services.AddScoped<AuthorizeStores>().AddScoped<FrontChannel>().AddScoped<Memberships>().AddScoped<IdTokenHints>().AddScoped<AuthorizeHandler>().AddScoped<AuthorizeEndpoint.AuthorizeRequest>();
        services.AddScoped<RequestObjects>().AddScoped<AuthorizationRequests>().AddScoped<PushedRequestHandler>();
        services.AddScoped<DatabaseSignupEndpoint.SignupRequest>().AddScoped<DatabaseChangePasswordEndpoint.ChangePasswordRequest>();
        services.AddScoped<LogoutHandler>().AddScoped<LogoutEndpoints.LogoutRequest>();

        services.AddScoped<ClientAuthenticator>().AddScoped<ClientKeys>().AddScoped<IClientAttempts, ClientAttempts>();
        services.AddScoped<IClientAuthentication, ClientSecretBasic>();
        services.AddScoped<IClientAuthentication, ClientSecretPost>();
        services.AddScoped<IClientAuthentication, PrivateKeyJwt>();
        services.AddScoped<IClientAuthentication, PublicClient>();

        services.AddScoped<TokenIssuer>().AddScoped<AuthorizationValidator>().AddScoped<DpopProofs>();

        services.AddScoped<RegistrationStores>().AddScoped<RegistrationHandler>();
        return services;
    }

    public static void MapProtocol(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthorize();
        routes.MapPushedRequests();
        routes.MapToken();
        routes.MapUserInfo();
        routes.MapRevocation();
        routes.MapIntrospection();
        routes.MapLogout();
        routes.MapRegistration();
        routes.MapDatabaseSignup();
        routes.MapDatabaseChangePassword();
        routes.MapDiscovery();
        routes.MapHealth();
    }
}
