using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Management;

/// <summary>The one place with the shape <c>{ statusCode, error, message, errorCode }</c>.</summary>
internal sealed record ManagementError(int Status, string Message, string? Code = null) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => Status;

    public static ManagementError TooManyRequests { get; } =
        new(StatusCodes.Status429TooManyRequests, "Global limit has been reached", "too_many_requests");

    public static ManagementError InvalidBody(string message) =>
        new(StatusCodes.Status400BadRequest, message, "invalid_body");

    public static ManagementError InvalidBody(ValidationError problem) => InvalidBody(
        problem.Path.Length == 0
            ? $"Payload validation error: '{problem.Reason}'."
            : $"Payload validation error: '{problem.Reason}' on property {problem.Path}.");

    public static ManagementError InvalidQuery(string message) =>
        new(StatusCodes.Status400BadRequest, $"Query validation error: '{message}'.", "invalid_query_string");

    public static ManagementError NotFound(string message, string? code = null) =>
        new(StatusCodes.Status404NotFound, message, code);

    public static ManagementError Conflict(string message, string? code = null) =>
        new(StatusCodes.Status409Conflict, message, code);

    public static ManagementError Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, message);

    public static ManagementError Forbidden(string message, string code = "operation_not_supported") =>
        new(StatusCodes.Status403Forbidden, message, code);

    public static ManagementError InsufficientScope(IEnumerable<string> anyOf) =>
        Forbidden("Insufficient scope, expected any of: " + string.Join(',', anyOf), "insufficient_scope");

    /// <summary>What the server, or the binding of a parameter, refused.</summary>
    public static ManagementError From(BadHttpRequestException refused) =>
        refused switch
        {
            BadManagementRequestException known => known.Error,
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
                StatusCodes.Status413PayloadTooLarge, "The payload is larger than 1 MB.", "payload_too_large"),
            _ => new(refused.StatusCode, "The request is malformed.", "invalid_request"),
        };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new JsonObject
        {
            ["statusCode"] = Status,
            ["error"] = ReasonPhrases.GetReasonPhrase(Status),
            ["message"] = Message,
        };
        if (Code is not null)
            body["errorCode"] = Code;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            body["attributes"] = new JsonObject { ["error"] = Message };
            if (httpContext.Response.Headers.WWWAuthenticate.Count == 0)
                httpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        }

        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(body);
    }
}

/// <summary>How the binding of a parameter refuses: the framework knows no other way to end a request there.</summary>
internal sealed class BadManagementRequestException(ManagementError error)
    : BadHttpRequestException(error.Message, error.Status)
{
    public ManagementError Error { get; } = error;
}
