using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Management;

/// <summary>The one place with the shape <c>{ statusCode, error, message, errorCode }</c>.</summary>
internal sealed record ManagementError(int Status, string Message, string? Code = null)
    : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>What was wrong with the body; null for every other error.</summary>
    public ValidationError? Invalid { get; init; }

    /// <summary>The member of the body that is invalid, such as <c>refresh_token.leeway</c>.</summary>
    /// <value>Null when the error is not about one member.</value>
    public string? Path => Invalid is { Path: { Length: > 0 } path } ? path : null;

    /// <summary>Seconds, for the header; null without one.</summary>
    public string? RetryAfter { get; init; }

    public static ManagementError TooManyRequests { get; } =
        new(StatusCodes.Status429TooManyRequests, "Global limit has been reached", "too_many_requests");

    public static ManagementError Changed { get; } =
        PreconditionFailed("The resource was changed meanwhile", "resource_changed");

    public static ManagementError InvalidBody(ValidationError error)
    {
        var place = error.Path.Length == 0 ? "" : $" on property {error.Path}";
        var message = $"Payload validation error: '{error.Reason}'{place}.";
        return BadRequest(message, "invalid_body") with { Invalid = error };
    }

    public static ManagementError InvalidQuery(string reason) =>
        BadRequest($"Query validation error: '{reason}'.", "invalid_query_string");

    public static ManagementError BadRequest(string message, string code) =>
        new(StatusCodes.Status400BadRequest, message, code);

    public static ManagementError NotFound(string message, string? code = null) =>
        new(StatusCodes.Status404NotFound, message, code);

    public static ManagementError Conflict(string message, string? code = null) =>
        new(StatusCodes.Status409Conflict, message, code);

    public static ManagementError PreconditionFailed(string message, string? code = null) =>
        new(StatusCodes.Status412PreconditionFailed, message, code);

    public static ManagementError Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, message);

    public static ManagementError Forbidden(string message, string code = "operation_not_supported") =>
        new(StatusCodes.Status403Forbidden, message, code);

    public static ManagementError InsufficientScope(IEnumerable<string> anyOf) =>
        Forbidden("Insufficient scope, expected any of: " + string.Join(',', anyOf), "insufficient_scope");

    public ManagementException AsException() => new(this);

    /// <summary>A request that the server, or the binding of a parameter, can't read.</summary>
    public static ManagementError From(BadHttpRequestException error) =>
        error.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? new(error.StatusCode, "The payload is larger than 1 MB.", "payload_too_large")
            : new(error.StatusCode, "The request is malformed.", "invalid_request");

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

        if (RetryAfter is not null)
            httpContext.Response.Headers.RetryAfter = RetryAfter;
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(body);
    }
}
