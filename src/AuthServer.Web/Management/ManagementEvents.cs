using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;

namespace AuthServer.Web.Management;

/// <summary>
/// Records every write in the audit log: who did what to which resource, and with which status it ended. A body is
/// never recorded, because secrets travel in it.
/// </summary>
internal static class ManagementEvents
{
    /// <summary>Runs between the handler, which has committed, and its answer.</summary>
    public static async ValueTask<object?> RecordAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (!IsRead(context.HttpContext) && status < StatusCodes.Status400BadRequest)
            await RecordAsync(context.HttpContext, status);
        return result;
    }

    /// <summary>
    /// Records what was refused, wherever that was decided. A call beyond the rate limit is not recorded: a flood of
    /// calls would be one of rows.
    /// </summary>
    public static Task RecordRefusalAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        return IsRead(http) || status is < StatusCodes.Status400BadRequest or StatusCodes.Status429TooManyRequests
            ? Task.CompletedTask
            : RecordAsync(http, status);
    }

    /// <summary>Records an operation of a caller of this API, or of the dashboard.</summary>
    /// <param name="http">The request that it was performed in.</param>
    /// <param name="caller">Null when the caller is not known.</param>
    /// <param name="method">Such as <c>PATCH</c>.</param>
    /// <param name="route">Such as <c>/api/v2/clients/{id}</c>.</param>
    /// <param name="path">The same with the ids.</param>
    /// <param name="status">That of the API's answer. One of 400 or more is a failure.</param>
    public static Task RecordAsync(
        HttpContext http, ManagementPrincipal? caller, string method, string? route, string? path, int status)
    {
        var type = status < StatusCodes.Status400BadRequest
            ? LogEventTypes.ApiOperation
            : LogEventTypes.FailedApiOperation;
        var request = new JsonObject
        {
            ["method"] = method.ToLowerInvariant(),
            ["path"] = LogText.Bounded(path, type.MaxTextBytes),
            ["channel"] = caller?.UserId is null ? "api" : "dashboard",
        };
        if (caller?.UserId is { } userId)
        {
            var user = new JsonObject { ["user_id"] = userId, ["name"] = caller.UserName };
            request["auth"] = new JsonObject { ["user"] = user };
        }

        var response = new JsonObject { ["statusCode"] = status };
        var details = new JsonObject { ["request"] = request, ["response"] = response };
        return http.RequestServices.GetRequiredService<IEventLog>().RecordAsync(type, new LogEvent
        {
            Description = $"{method} {route}",
            ClientId = caller?.ClientId,
            UserId = caller?.UserId,
            UserName = caller?.UserName,
            Details = details.ToJsonString(JsonText.Relaxed),
        });
    }

    private static Task RecordAsync(HttpContext http, int status) => RecordAsync(
        http,
        http.Features.Get<ManagementPrincipal>(),
        http.Request.Method,
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
        http.Request.Path.Value,
        status);

    private static bool IsRead(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
