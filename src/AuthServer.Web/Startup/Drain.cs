using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AuthServer.Web.Startup;

/// <summary>
/// Graceful stop (SIGTERM): the server first continues to answer, announces the stop at <c>/readyz</c> and the end of
/// the connection in each response, so that proxies and clients use other nodes when it stops listening. Requests that
/// are then still running are finished; connections on which none gets complete are cut.
/// </summary>
internal sealed class Drain(ServerOptions options, IHostEnvironment environment, ILogger<Drain> log)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>For what is still running when the server no longer listens.</summary>
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(3);

    /// <summary>For the jobs, the last events of the audit log, and telemetry.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(1.5);

    private readonly TimeSpan period = options.DrainPeriod(environment.IsDevelopment());
    private readonly CancellationTokenSource cut = new();

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Drain>().AddHostedService(provider => provider.GetRequiredService<Drain>());
        builder.Services.AddOptions<HostOptions>().Configure<ServerOptions, IHostEnvironment>(
            (host, options, environment) => host.ShutdownTimeout =
                options.DrainPeriod(environment.IsDevelopment()) + Finishing + Closing);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(Follow));
    }

    public static void Use(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((http, next) =>
        {
            if (!stopping.IsCancellationRequested)
                return next(http);
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers.Connection = "close";
                    return Task.CompletedTask;
                });
            else
                http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            return next(http);
        });
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (period > TimeSpan.Zero)
        {
            log.LogInformation("Stopping in {Seconds} s; /readyz says so", period.TotalSeconds);
            await Task.Delay(period, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cut.CancelAfter(Finishing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => cut.Dispose();

    /// <summary>Before TLS: Kestrel waits ten seconds for a handshake, also while it stops.</summary>
    private static void Follow(ListenOptions endpoint)
    {
        var token = endpoint.ApplicationServices.GetRequiredService<Drain>().cut.Token;
        endpoint.Use(next => async connection =>
        {
            await using var registration = token.UnsafeRegister(
                static state => ((ConnectionContext)state!).Abort(), connection);
            await next(connection);
        });
    }
}
