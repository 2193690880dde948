using AuthServer.Core;
using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Formats;

/// <summary>
/// Tells a person, on our own page, what went wrong. The page is drawn by <c>/u/error</c>, in the same request.
/// </summary>
public sealed class ErrorPageResult(OAuthError error) : IResult
{
    /// <summary>Where the page finds what it shows: never the URL, which anybody could write.</summary>
    public static readonly object Key = new();

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext
            .RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger("AuthServer.Protocol")
            .LogInformation(
                "Refused {Path}: {Error}, {Description} {Detail}", httpContext.Request.Path.Value, error.Code,
                error.Description, error.Detail);
        httpContext.Items[Key] = error;
        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        return httpContext.RequestServices.GetRequiredService<IErrorPage>().WriteAsync(httpContext, error);
    }
}
