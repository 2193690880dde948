using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace AuthServer.Web.Startup;

/// <summary>The server's log: one JSON object per line; in Development, plain text.</summary>
internal static class Logging
{
    /// <summary>
    /// Quotes and escapes every value (<c>j</c>), so that a control character in one cannot start a line.
    /// </summary>
    private const string DevelopmentTemplate = "[{Timestamp:HH:mm:ss} {Level:u3}] {Message:j}{NewLine}{Exception}";

    public static void Add(WebApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        builder.Services.AddSerilog(
            (_, log) => Configure(log, builder.Configuration, development), preserveStaticLogger: true);
    }

    private static void Configure(LoggerConfiguration log, IConfiguration configuration, bool development)
    {
        log.ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext().Enrich.With<RequestIds>().Enrich.With<EscapeControlCharacters>();

        // The host makes a scope and an activity for each request as long as this category is on at any level;
        // RequestLogging writes the same for less.
        log.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off);

        // OpenIddict writes each request down with its parameters; its refusals are logged by TranslateError, without.
        log.MinimumLevel.Override("OpenIddict", LogEventLevel.Warning);

        // It writes an error for each probe that fails; the probe's answer says the same.
        log.MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LevelAlias.Off);

        if (development)
            log.WriteTo.Console(outputTemplate: DevelopmentTemplate, formatProvider: CultureInfo.InvariantCulture);
        else
            log.WriteTo.Sink(new BufferedConsoleSink(new JsonFormatter(renderMessage: true)));
    }

    /// <summary>
    /// Adds what connects a line with its request, with the error page that its user saw, and with its trace if there
    /// is one.
    /// </summary>
    private sealed class RequestIds : ILogEventEnricher
    {
        private readonly HttpContextAccessor accessor = new();

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (accessor.HttpContext is { } http)
                logEvent.AddPropertyIfAbsent(new LogEventProperty("RequestId", new ScalarValue(http.TraceIdentifier)));
            if (Activity.Current is { } activity)
                logEvent.AddPropertyIfAbsent(
                    new LogEventProperty("TraceId", new ScalarValue(activity.TraceId.ToString())));
        }
    }

    /// <summary>
    /// Escapes control characters in every text, so that none of a request reaches a log raw, whatever the formatter.
    /// Runs last.
    /// </summary>
    private sealed class EscapeControlCharacters : ILogEventEnricher
    {
        private static readonly SearchValues<char> Unsafe = SearchValues.Create(
            [.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(char.IsControl), '\u2028', '\u2029']);

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            // Almost no event has one, and each request is an event.
            foreach (var property in logEvent.Properties)
            {
                if (IsUnsafe(property.Value))
                {
                    EscapeAll(logEvent);
                    return;
                }
            }
        }

        private static void EscapeAll(LogEvent logEvent)
        {
            foreach (var (name, value) in logEvent.Properties.Where(property => IsUnsafe(property.Value)).ToArray())
            {
                var text = (string)((ScalarValue)value).Value!;
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(Escape(text))));
            }
        }

        private static bool IsUnsafe(LogEventPropertyValue value) =>
            value is ScalarValue { Value: string text } && text.AsSpan().ContainsAny(Unsafe);

        private static string Escape(string text) =>
            string.Concat(text.Select(c => Unsafe.Contains(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
