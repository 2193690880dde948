using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Introspect;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logout;
using AuthServer.Core.Register;
using AuthServer.Core.Revoke;
using AuthServer.Core.Sessions;
using AuthServer.Core.UserInfo;
using AuthServer.Core.Users;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>The protocol's endpoints, and the handlers of Core that decide behind them.</summary>
public static class ProtocolEndpoints
{
    public static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PendingLogouts>();
        services.AddScoped<BrowserSession>().AddScoped<PasswordLogin>().AddScoped<IdTokenHints>();
        services.AddScoped<ICurrentSession>(provider => provider.GetRequiredService<BrowserSession>());
        services.AddScoped<AccountSignInEndpoint.AccountSignIn>();
        services.AddScoped<DatabaseSignupEndpoint.SignupRequest>().AddScoped<DatabaseChangePasswordEndpoint.ChangePasswordRequest>();
        services.AddScoped<LogoutHandler>().AddScoped<LogoutEndpoints.LogoutRequest>();

        services.AddScoped<ClientAuthenticator>().AddScoped<ClientKeys>().AddScoped<IClientAttempts, ClientAttempts>();
        services.AddScoped<IClientAuthentication, ClientSecretBasic>();
        services.AddScoped<IClientAuthentication, ClientSecretPost>();
        services.AddScoped<IClientAuthentication, PrivateKeyJwt>();
        services.AddScoped<IClientAuthentication, PublicClient>();

        services.AddScoped<AuthorizationValidator>().AddScoped<AccessTokens>().AddScoped<DpopProofs>();

        services.AddScoped<RegistrationStores>().AddScoped<RegistrationHandler>();
        return services.AddScoped<UserInfoHandler>().AddScoped<IntrospectionHandler>().AddScoped<RevocationHandler>();
    }

    public static void MapProtocol(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthorize();
        routes.MapAccountSignIn();
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
