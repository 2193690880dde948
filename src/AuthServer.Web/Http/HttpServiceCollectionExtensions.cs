using AuthServer.Core.Clients;
using AuthServer.Core.Federation;
using AuthServer.Core.Users;
using AuthServer.Protocol;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Cryptography;
using AuthServer.Web.Limits;
using AuthServer.Web.OutgoingHttp;
using AuthServer.Web.Sessions;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Http;

/// <summary>Middleware of every request, and services of every endpoint.</summary>
public static class HttpServiceCollectionExtensions
{
    public static IServiceCollection AddHttpLayer(this IServiceCollection services)
    {
        services.AddSingleton<TenantCache>().AddSingleton<AllowedOriginsCache>();
        services.AddScoped<CurrentTenant>();
        services.AddScoped(provider => provider.GetRequiredService<CurrentTenant>().Tenant);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordHashing.Iterations);
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        services.AddSingleton<IClientDocuments, ClientDocuments>().AddSingleton<IProviderHttp, ProviderHttp>();
        services.AddSingleton<RateLimits>().AddSingleton<LogoutDelivery>();
        services.AddDataProtection().SetApplicationName("AuthServer");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, StoredDataProtectionKeys>();
        services.AddCors().AddSingleton<ICorsPolicyProvider, ClientCorsPolicyProvider>();
        services.AddExceptionHandler<ExceptionHandler>();
        services.AddOptions<HstsOptions>().Configure<ServerOptions>((hsts, options) =>
        {
            hsts.MaxAge = TimeSpan.FromDays(365);
            hsts.IncludeSubDomains = options.Hsts.IncludeSubDomains;
            hsts.Preload = options.Hsts.Preload;
        });
        return services;
    }

    public static void UseHttpLayer(this WebApplication app)
    {
        TrustedProxies.Use(app);
        RequestLogging.Use(app);
        app.UseMiddleware<HeadMiddleware>();
        app.UseExceptionHandler(_ => { });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<TenantMiddleware>();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseRouting();
        app.UseMiddleware<DashboardGate>();
        app.UseCors();
        app.UseMiddleware<RateLimiting>();

        app.UseProtocolServer();
        app.UseAuthorization();
    }
}
