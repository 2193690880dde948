using AuthServer.Web.Areas.Dashboard.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>The pages by which administrators manage the tenant in a browser.</summary>
internal static class DashboardServiceCollectionExtensions
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(DashboardAuthentication.Scheme, Configure);
        services.AddAuthorizationBuilder().AddPolicy(
            DashboardAuthentication.Scheme,
            policy => policy
                .AddAuthenticationSchemes(DashboardAuthentication.Scheme)
                .RequireAuthenticatedUser()
                .AddRequirements(new IsAdministrator()));
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        return services
            .AddScoped<DashboardServices>()
            .AddScoped<DashboardSignIn>()
            .AddScoped<DashboardCookieEvents>()
            .AddScoped<AdministratorLookup>();
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.CookieManager = new SchemeCookieManager();
        options.Cookie.Name = "dashboard";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = DashboardCookieEvents.IdleLifetime;
        options.SlidingExpiration = true;
        options.EventsType = typeof(DashboardCookieEvents);
    }
}
