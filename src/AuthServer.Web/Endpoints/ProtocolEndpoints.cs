using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Core.Grants;
using AuthServer.Core.Introspect;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logout;
using AuthServer.Core.Register;
using AuthServer.Core.Revoke;
using AuthServer.Core.Sessions;
using AuthServer.Core.Token;
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
        services.AddSingleton<PendingAuthorizations>().AddSingleton<PendingLogouts>().AddSingleton<AuthorizeAnswer>();
        services.AddScoped<BrowserSession>().AddScoped<PasswordLogin>();
        services.AddScoped<AuthorizeStores>().AddScoped<FrontChannel>().AddScoped<Memberships>().AddScoped<IdTokenHints>().AddScoped<AuthorizeHandler>().AddScoped<AuthorizeEndpoint.AuthorizeRequest>();
        services.AddScoped<LogoutHandler>().AddScoped<LogoutEndpoints.LogoutRequest>();

        services.AddScoped<ClientAuthenticator>().AddScoped<IClientAttempts, ClientAttempts>();
        services.AddScoped<IClientAuthentication, ClientSecretBasic>();
        services.AddScoped<IClientAuthentication, ClientSecretPost>();
        services.AddScoped<IClientAuthentication, PrivateKeyJwt>();
        services.AddScoped<IClientAuthentication, PublicClient>();

        services.AddScoped<TokenPipeline>().AddScoped<TokenIssuer>().AddScoped<GrantSubjects>().AddScoped<AccessTokens>();
        services.AddScoped<IGrantHandler, AuthorizationCodeGrant>();
        services.AddScoped<IGrantHandler, RefreshTokenGrant>();
        services.AddScoped<IGrantHandler, ClientCredentialsGrant>();
        services.AddScoped<PasswordGrantStores>();
        services.AddScoped<IGrantHandler, DefaultDirectoryGrant>();
        services.AddScoped<IGrantHandler, PasswordRealmGrant>();

        services.AddScoped<RegistrationStores>().AddScoped<RegistrationHandler>();
        return services.AddScoped<UserInfoHandler>().AddScoped<IntrospectionHandler>().AddScoped<RevocationHandler>();
    }

    public static void MapProtocol(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthorize();
        routes.MapToken();
        routes.MapUserInfo();
        routes.MapRevocation();
        routes.MapIntrospection();
        routes.MapLogout();
        routes.MapRegistration();
        routes.MapDiscovery();
        routes.MapHealth();
    }
}
