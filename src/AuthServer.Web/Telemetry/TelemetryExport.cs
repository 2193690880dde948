using OpenTelemetry;
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
internal sealed class TelemetryExport(Gauges gauges) : IHostedService
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private TracerProvider? traces;
    private MeterProvider? metrics;

    /// <summary>First of all, so that it is the last that stops.</summary>
    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
            return;

        // Else the framework's own span of a request has a name, and nothing else.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddSingleton<Gauges>().AddHostedService<TelemetryExport>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The environment has the last word on the service's name.
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("authserver")
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        gauges.Register();
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", Instruments.Name)
            .AddOtlpExporter(Configure)
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore",
                "System.Runtime", Instruments.Name)
            .AddOtlpExporter(Configure)
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends the remaining data; a collector that does not answer delays the stop only briefly.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces?.Dispose();
            metrics?.Dispose();
        },
        cancellationToken);

    /// <summary>HTTP goes through every proxy; gRPC is the library's default.</summary>
    private static void Configure(OtlpExporterOptions options)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Protocol)))
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
