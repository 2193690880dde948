using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;

namespace AuthServer.Web.Management;

/// <summary>
/// Every write of this API in the audit log: who did what to which resource, and how it ended. Never a body, in which
/// secrets travel.
/// </summary>
internal static class ManagementEvents
{
    /// <summary>Between the handler, which has committed, and its answer.</summary>
    public static async ValueTask<object?> RecordAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (!IsRead(context.HttpContext) && status < StatusCodes.Status400BadRequest)
            await RecordAsync(context.HttpContext, LogEventTypes.ApiOperation, status);
        return result;
    }

    /// <summary>
    /// What was refused, wherever that was decided; but not what was too much, or a flood of calls would be one of
    /// rows.
    /// </summary>
    public static Task RecordRefusalAsync(HttpContext http) =>
        IsRead(http)
        || http.Response.StatusCode is < StatusCodes.Status400BadRequest or StatusCodes.Status429TooManyRequests
            ? Task.CompletedTask
            : RecordAsync(http, LogEventTypes.FailedApiOperation, http.Response.StatusCode);

    private static Task RecordAsync(HttpContext http, LogEventType type, int status)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var details = new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = http.Request.Method.ToLowerInvariant(),
                ["path"] = LogText.Bounded(http.Request.Path.Value, type.MaxTextBytes),
                ["channel"] = "api",
            },
            ["response"] = new JsonObject { ["statusCode"] = status },
        };
        return http.RequestServices.GetRequiredService<IEventLog>().RecordAsync(type, new LogEvent
        {
            Description = $"{http.Request.Method} {route}",
            ClientId = http.Features.Get<ManagementPrincipal>()?.ClientId,
            Details = details.ToJsonString(JsonText.Relaxed),
        });
    }

    private static bool IsRead(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
