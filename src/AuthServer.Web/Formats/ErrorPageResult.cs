using AuthServer.Core;
using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Formats;

/// <summary>
/// Shows an error to the user, on this server's own page. <c>/u/error</c> renders the page, in the same request.
/// </summary>
public sealed class ErrorPageResult(OAuthError error) : IResult
{
    /// <summary>Request item with the contents of the page: never the URL, which an attacker could write.</summary>
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
