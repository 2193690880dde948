using Serilog;
using Serilog.Events;

namespace AuthServer.Web.Http;

/// <summary>
/// Configures Serilog's line for each request: method, path, status and time. It never has the query, a header or the
/// body, which carry secrets.
/// </summary>
internal static class RequestLogging
{
    /// <summary>Without format specifiers: the JSON formatter would write each such value twice.</summary>
    private const string Template = "HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed} ms";

    /// <summary>
    /// Metadata of endpoints whose successful requests are logged at the level Debug: documents that every client
    /// reads, and health probes.
    /// </summary>
    public static object Quiet { get; } = new QuietEndpoint();

    public static void Use(WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (http, _, error) => LevelOf(http, error);
        options.MessageTemplate = Template;
        options.GetMessageTemplateProperties = (http, _, elapsed, status) => PropertiesOf(http, elapsed, status);
    });

    private static LogEventLevel LevelOf(HttpContext http, Exception? error)
    {
        if (error is not null)
            return LogEventLevel.Error;
        var quiet = http.Response.StatusCode < 400
            && http.GetEndpoint()?.Metadata.GetMetadata<QuietEndpoint>() is not null;
        return quiet ? LogEventLevel.Debug : LogEventLevel.Information;
    }

    /// <summary>The path is percent-encoded, so that no control character of it reaches a log in any format.</summary>
    private static LogEventProperty[] PropertiesOf(HttpContext http, double elapsed, int status) =>
    [
        new("RequestMethod", new ScalarValue(http.Request.Method)),
        new("RequestPath", new ScalarValue(http.Request.Path.ToUriComponent())),
        new("StatusCode", new ScalarValue(status)),
        new("Elapsed", new ScalarValue(Math.Round(elapsed, 1))),
    ];

    private sealed class QuietEndpoint;
}
