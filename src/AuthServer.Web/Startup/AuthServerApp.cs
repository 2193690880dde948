using System.Net.Sockets;
using System.Security.Cryptography;
using AuthServer.Protocol;
using AuthServer.Storage.Keys;
using AuthServer.Web.Actions;
using AuthServer.Web.Areas.Dashboard;
using AuthServer.Web.Endpoints;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using AuthServer.Web.Jobs;
using AuthServer.Web.Logs;
using AuthServer.Web.Mail;
using AuthServer.Web.Management;
using AuthServer.Web.OutgoingHttp;
using AuthServer.Web.Pages;
using AuthServer.Web.Telemetry;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Startup;

/// <summary>Builds the server: its services, and the order of the middleware.</summary>
public static class AuthServerApp
{
    /// <exception cref="StartupException">The configuration can't be used; the message says why and what to
    /// set.</exception>
    /// <exception cref="OptionsValidationException">The same, of one or more settings.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        Logging.Add(builder);
        TelemetryExport.Add(builder.Services);
        Listeners.Configure(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        AddOptions(builder.Services, builder.Environment.IsDevelopment());
        builder.Services.AddSingleton(provider => new IssuerSource(
            provider.GetRequiredService<ServerOptions>().ReadIssuer(), provider.GetRequiredService<IServer>()));
        builder.Services.AddSingleton(provider => new SsrfSafeFetcher(
            provider.GetRequiredService<ILogger<SsrfSafeFetcher>>(),
            provider.GetRequiredService<ServerOptions>().AllowLoopbackFetches));
        Store.Add(builder);
        Drain.Add(builder);
        builder.Services.AddScoped<StoreInitializer>();
        builder
            .Services.AddScoped<ExpiredRows>()
            .AddHostedService<CleanupJob>()
            .AddHostedService<StoreIntegrityJob>()
            .AddHostedService<UserSearchIndexJob>();
        builder.Services.AddScoped<LogoutNotices>().AddHostedService<LogoutNoticesJob>();
        builder.Services.AddHttpLayer();
        builder.Services.AddLogs();
        builder.Services.AddProtocol();
        builder.Services.AddProtocolServer();
        builder.Services.AddFederation();
        builder.Services.AddActions();
        builder.Services.AddManagementApi();
        builder.Services.AddPages();
        builder.Services.AddMail();
        builder
            .Services.AddScoped<PasswordResetRequests>()
            .AddScoped<EmailDelivery>()
            .AddHostedService<EmailDeliveryJob>();
        builder.Services.AddScoped<BlockNotices>();
        builder.Services.AddDashboard();
        builder.Services.AddHostedService<OwnApplications>();

        var app = builder.Build();
        Drain.Use(app);
        app.UseHttpLayer();
        app.MapProtocol();
        app.MapManagementApi();
        app.MapPages();
        return app;
    }

    /// <summary>The sections that classes take by themselves are members of the validated whole.</summary>
    private static void AddOptions(IServiceCollection services, bool isDevelopment)
    {
        services.AddOptions<ServerOptions>().Configure<IConfiguration>(ServerOptions.Bind).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ServerOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<ServerOptions>().Mail);
        services.AddSingleton(provider => provider.GetRequiredService<ServerOptions>().Actions.Limits());
        services.AddSingleton(provider =>
            provider.GetRequiredService<ServerOptions>().Registration.Limits(isDevelopment));
        services.AddSingleton(provider =>
            DataDirectory.Open(provider.GetRequiredService<ServerOptions>().DataDirectory));
    }

    /// <summary>Migrates and fills the store, then prints the first-run credentials when there are new ones.</summary>
    /// <exception cref="StartupException">The store can't be used.</exception>
    public static async Task PrepareAsync(WebApplication app)
    {
        var data = app.Services.GetRequiredService<DataDirectory>();
        app.Services.GetService<DataDirectoryLock>();
        BootstrapOptions? created;
        await using (var scope = app.Services.CreateAsyncScope())
            created = await scope
                .ServiceProvider.GetRequiredService<StoreInitializer>()
                .PrepareAsync(app.Lifetime.ApplicationStopping);

        await LoadKeysAsync(app, data);
        app.Lifetime.ApplicationStarted.Register(() =>
            StartupBanner.Print(app.Services.GetRequiredService<IssuerSource>(), data, created));
    }

    /// <exception cref="StartupException">An address can't be listened on.</exception>
    public static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new StartupException(
                $"The server can't listen: {failure.Message} Set ASPNETCORE_URLS to other addresses.");
        }
    }

    /// <summary>Loads the keys before the first request, so that a wrong key file stops the start.</summary>
    private static async Task LoadKeysAsync(WebApplication app, DataDirectory data)
    {
        try
        {
            await app.Services.GetRequiredService<TenantCache>().ReadAsync();
        }
        catch (CryptographicException)
        {
            throw new StartupException(
                $"{data.File(MasterKey.FileName)} (or AuthServer__MasterKey) is not the key under which this store "
                    + "was encrypted. Put the right one back, from the same backup as the store; every node needs the "
                    + "same.");
        }
    }
}
