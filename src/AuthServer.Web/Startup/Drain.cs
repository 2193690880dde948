namespace AuthServer.Web.Startup;

/// <summary>
/// A stop (SIGTERM) in peace: for a while the server goes on answering, says at <c>/readyz</c> that it is leaving and on each answer that its connection ends, so that
/// proxies and clients have gone elsewhere when it stops listening. What is then still running is finished.
/// </summary>
internal sealed class Drain(ServerOptions options, ILogger<Drain> log) : IHostedLifecycleService
{
    /// <summary>For what is still running when the server no longer listens.</summary>
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(30);

    public static void Add(IServiceCollection services, ServerOptions options)
    {
        services.AddHostedService<Drain>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.DrainSeconds) + Finishing);
    }

    public static void Use(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((http, next) =>
        {
            if (stopping.IsCancellationRequested && HttpProtocol.IsHttp11(http.Request.Protocol))
                http.Response.Headers.Connection = "close";
            return next(http);
        });
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (options.DrainSeconds == 0)
            return;
        log.LogInformation("Stopping in {Seconds} s; /readyz says so", options.DrainSeconds);
        await Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
