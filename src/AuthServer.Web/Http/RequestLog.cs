using Serilog.Context;

namespace AuthServer.Web.Http;

/// <summary>One line for each request: method, path, status and time. Never the query, a header or a body, where secrets travel.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        using var id = LogContext.PushProperty("RequestId", http.TraceIdentifier);
        var started = time.GetTimestamp();
        await next(http);
        log.LogInformation(
            "{Method} {Path} {Status} {Milliseconds} ms",
            http.Request.Method, http.Request.Path.Value, http.Response.StatusCode, (int)time.GetElapsedTime(started).TotalMilliseconds);
    }
}
