using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logout;
using AuthServer.Core.Register;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Web.Federation;
using AuthServer.Web.Limits;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Endpoints;

/// <summary>The protocol's endpoints, and the handlers of Core that decide behind them.</summary>
public static class ProtocolEndpoints
{
    public static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PendingLogouts>();
        services.AddScoped<IKnownBrowser, DeviceCookie>();
        services.AddScoped<BrowserSession>().AddScoped<PasswordLogin>().AddScoped<PasswordValidator>();
        services.AddScoped<ICurrentSession>(provider => provider.GetRequiredService<BrowserSession>());
        services.AddScoped<AccountSignInEndpoint.AccountSignIn>();
        services.AddHealthChecks().AddCheck<ReadinessCheck>("readiness");
        services.AddScoped<DatabaseSignupHandler>();
        services.AddScoped<DatabaseChangePasswordHandler>();
        services.AddScoped<LogoutHandler>().AddScoped<LogoutRequestHandler>();
        services.AddSingleton<IClientAttempts, ClientAttempts>();
        services.AddSingleton<IUnvettedClientLimits, UnvettedClientLimits>();
        services.AddScoped<AuthorizationValidator>().AddSingleton<DpopProofs>();
        services.AddScoped<RegistrationStores>().AddScoped<RegistrationHandler>();
        return services;
    }

    public static void MapProtocol(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenIddict();
        routes.MapAccountSignIn();
        routes.MapLogout();
        routes.MapRegistration();
        routes.MapDatabaseSignup();
        routes.MapDatabaseChangePassword();
        routes.MapMobileApps();
        routes.MapHealth();
    }
}
