namespace AuthServer.Web.Http;

/// <summary>One line for each request: method, path, status and time. Never the query, a header or a body, where secrets travel.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider time)
{
    /// <summary>On endpoints whose success is no news: documents that everybody reads, and probes. It is logged at the level Debug.</summary>
    public static object Quiet { get; } = new QuietEndpoint();

    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        await next(http);
        var level = http.Response.StatusCode < 400 && http.GetEndpoint()?.Metadata.GetMetadata<QuietEndpoint>() is not null ? LogLevel.Debug : LogLevel.Information;
        if (log.IsEnabled(level))
            Write(level, http.Request.Method, http.Request.Path.Value, http.Response.StatusCode, (int)time.GetElapsedTime(started).TotalMilliseconds);
    }

    [LoggerMessage("{Method} {Path} {Status} {Milliseconds} ms")]
    private partial void Write(LogLevel level, string method, string? path, int status, int milliseconds);

    private sealed class QuietEndpoint;
}
