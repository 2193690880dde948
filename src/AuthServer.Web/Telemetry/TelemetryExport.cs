using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AuthServer.Web.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP, configured by the standard <c>OTEL_*</c> environment variables. Nothing of it runs
/// without an endpoint. Spans have the path of a request, and never its query, a header or a body, which may contain
/// secrets.
/// </summary>
internal sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics, Gauges gauges) : IHostedService
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>For a collector that does not answer when the server stops.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>First of all, so that it is the last that stops.</summary>
    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
            return;

        // Else the framework's own span of a request has a name, and nothing else.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton<Gauges>().AddHostedService<TelemetryExport>();
        services.AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", Instruments.Name)
                .AddOtlpExporter(Configure))
            .WithMetrics(metering => metering
                .AddMeter(
                    "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                    "Microsoft.EntityFrameworkCore", "System.Runtime", Instruments.Name)
                .AddOtlpExporter(Configure));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        gauges.Register();
        return Task.CompletedTask;
    }

    /// <summary>Sends the remaining data while the services that the gauges read still run.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces.Shutdown((int)Timeout.TotalMilliseconds);
            metrics.Shutdown((int)Timeout.TotalMilliseconds);
        },
        cancellationToken);

    /// <summary>The environment has the last word on the service's name.</summary>
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddService("authserver").AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <summary>HTTP goes through every proxy; gRPC is the library's default.</summary>
    private static void Configure(OtlpExporterOptions options)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Protocol)))
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
