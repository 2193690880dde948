using System.Diagnostics;
using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace AuthServer.Web.Startup;

/// <summary>One JSON object a line for machines; in Development, lines for people.</summary>
internal static class Logging
{
    public static void Add(WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration).Enrich.FromLogContext().Enrich.With<RequestIds>();
        if (builder.Environment.IsDevelopment())
            logger.WriteTo.Console(formatProvider: CultureInfo.InvariantCulture);
        else
            logger.WriteTo.Sink(new LineOutput(new JsonFormatter(renderMessage: true), Console.OpenStandardOutput()));
        builder.Logging.ClearProviders().AddSerilog(logger.CreateLogger(), dispose: true);

        // The host makes a scope and an activity for each request as long as this logger listens, whatever its level; RequestLog says the same for less.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    /// <summary>By which a line finds the request that it belongs to, the page that its user saw, and the trace when there is one.</summary>
    private sealed class RequestIds : ILogEventEnricher
    {
        private readonly HttpContextAccessor accessor = new();

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (accessor.HttpContext is { } http)
                logEvent.AddPropertyIfAbsent(new LogEventProperty("RequestId", new ScalarValue(http.TraceIdentifier)));
            if (Activity.Current is { } activity)
                logEvent.AddPropertyIfAbsent(new LogEventProperty("TraceId", new ScalarValue(activity.TraceId.ToString())));
        }
    }
}
