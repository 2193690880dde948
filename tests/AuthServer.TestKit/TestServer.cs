using System.Net;
using System.Net.Sockets;
using AuthServer.Core.Tenants;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Events;

namespace AuthServer.TestKit;

/// <summary>
/// The whole server on a loopback port and a data directory of its own, with a clock that the test owns.
/// </summary>
public sealed class TestServer : WebApplicationFactory<ServerOptions>
{
    public const string ClientId = "BootstrapClient00000000000000001";
    public const string ClientSecret = "bootstrap-secret-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL";
    public const string AdminEmail = "ada@example.com";
    public const string AdminPassword = "correct horse battery staple";

    private readonly Dictionary<string, string?> settings;
    private readonly bool ownsDirectory;
    private readonly Socket? tlsPort;
    private readonly Action<IServiceCollection>? services;

    /// <param name="dataDirectory">One of an earlier server; a new one when null, deleted with this server.</param>
    /// <param name="settings">More configuration.</param>
    /// <param name="overTls">As users and their SDKs meet it: https on localhost with the certificate that Development
    /// makes, and the system's clock.</param>
    /// <param name="listeners">How many loopback ports it has; each is an issuer of its own. One over TLS.</param>
    /// <param name="services">Replaces services of the server.</param>
    public TestServer(
        string? dataDirectory = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        bool overTls = false,
        int listeners = 1,
        Action<IServiceCollection>? services = null)
    {
        this.services = services;
        ownsDirectory = dataDirectory is null;
        DataDirectory = dataDirectory ?? Directory.CreateTempSubdirectory("authserver-").FullName;
        this.settings = new(
            settings ?? new Dictionary<string, string?>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (overTls)
        {
            // The issuer has to be known before the listener: the port is taken here, and Kestrel gets the socket.
            tlsPort = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tlsPort.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)tlsPort.LocalEndPoint!).Port;
            this.settings[WebHostDefaults.ServerUrlsKey] = $"https://127.0.0.1:{port}";
            this.settings.TryAdd("AuthServer:Issuer", $"https://localhost:{port}/");
            UseKestrel();
        }
        else
        {
            UseKestrel(kestrel =>
            {
                for (var i = 0; i < listeners; i++)
                    kestrel.Listen(IPAddress.Loopback, 0);
            });
        }

        StartServer();
        Issuer = Services.GetRequiredService<IssuerSource>().All.First();
    }

    public string DataDirectory { get; }

    public ManualTime Time { get; } = new();

    public Issuer Issuer { get; }

    /// <summary>The file for <c>NODE_EXTRA_CA_CERTS</c>.</summary>
    public string CertificateAuthority => Path.Combine(DataDirectory, "ca.pem");

    public RecentLog Log { get; } = new();

    /// <summary>URL that it listens on, which need not be the issuer.</summary>
    public Uri Address =>
        tlsPort is null
            ? new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())
            : new Uri(Issuer.Value);

    /// <summary>A client that follows no redirect and keeps no cookie.</summary>
    public HttpClient NewHttp() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>Does something with the services of one request.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("AuthServer:DataDirectory", DataDirectory);
        builder.UseSetting("AuthServer:Bootstrap:ClientId", ClientId);
        builder.UseSetting("AuthServer:Bootstrap:ClientSecret", ClientSecret);
        builder.UseSetting("AuthServer:Bootstrap:AdminEmail", AdminEmail);
        builder.UseSetting("AuthServer:Bootstrap:AdminPassword", AdminPassword);

        if (TestPostgres.For(DataDirectory) is { } postgres)
            builder.UseSetting("ConnectionStrings:Postgres", postgres);

        // Its clock stands still: an hour of registrations would be all that a class of tests ever gets.
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);

        builder.ConfigureTestServices(services =>
        {
            services.AddSerilog(
                log => log
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .MinimumLevel.Override("System", LogEventLevel.Warning)
                    .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning)
                    .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
                    .WriteTo.Sink(Log),
                preserveStaticLogger: true);
            services.RemoveAll<TimeProvider>();
            services.AddSingleton(tlsPort is null ? Time : TimeProvider.System);
            if (tlsPort is not null)
                services.Configure<SocketTransportOptions>(transport =>
                    transport.CreateBoundListenSocket = _ => tlsPort);

            // The real cost is measured once, in its own test; here it would only make the suite slow.
            services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
            this.services?.Invoke(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && ownsDirectory && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
            TestPostgres.Drop(DataDirectory);
        }
    }
}
