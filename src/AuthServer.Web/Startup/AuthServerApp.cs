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

namespace AuthServer.Web.Startup;

/// <summary>Builds the server: its services, and the order of the middleware.</summary>
public static class AuthServerApp
{
    /// <exception cref="StartupException">The configuration can't be used; the message says why and what to
    /// set.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = ReadOptions(builder.Configuration);
        var data = DataDirectory.Open(options.DataDirectory);
        var issuer = options.ReadIssuer(builder.Environment.IsDevelopment());

        options.Check(builder.Environment.IsDevelopment());

        Logging.Add(builder);
        TelemetryExport.Add(builder.Services);
        Listeners.Configure(builder, data);
        builder.Services.AddSingleton(options).AddSingleton(data).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => new IssuerSource(issuer, provider.GetRequiredService<IServer>()));
        builder.Services.AddSingleton(options.Registration.Limits(builder.Environment.IsDevelopment()));
        builder.Services.AddSingleton(provider => new SsrfSafeFetcher(
            provider.GetRequiredService<ILogger<SsrfSafeFetcher>>(), options.AllowLoopbackFetches));
        Store.Add(builder, options, data);
        Drain.Add(builder, options);
        builder.Services.AddScoped<StoreInitializer>();
        builder
            .Services.AddScoped<ExpiredRows>()
            .AddHostedService<ExpiredRowsJob>()
            .AddHostedService<StoreIntegrityJob>()
            .AddHostedService<UserSearchIndexJob>();
        builder.Services.AddScoped<LogoutNotices>().AddHostedService<LogoutNoticesJob>();
        builder.Services.AddHttpLayer();
        builder.Services.AddLogs();
        builder.Services.AddProtocol();
        builder.Services.AddProtocolServer();
        builder.Services.AddFederation();
        builder.Services.AddActions(options);
        builder.Services.AddManagementApi();
        builder.Services.AddPages();
        builder.Services.AddMail(options.Mail, builder.Environment.IsDevelopment());
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

    /// <exception cref="StartupException">A key of the section is unknown, or a value can't be read.</exception>
    internal static ServerOptions ReadOptions(IConfiguration configuration)
    {
        var options = new ServerOptions();
        try
        {
            configuration
                .GetSection(ServerOptions.Section)
                .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException unknown)
        {
            throw new StartupException(
                $"The configuration section {ServerOptions.Section} can't be read: {unknown.Message}");
        }

        return options;
    }
}
