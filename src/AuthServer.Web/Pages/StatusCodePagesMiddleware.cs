using AuthServer.Web.Sessions;

namespace AuthServer.Web.Pages;

/// <summary>An empty 404 or 405 becomes a page when a person asked.</summary>
internal sealed class StatusCodePagesMiddleware(RequestDelegate next, ErrorPage page)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        var response = http.Response;
        if (response.HasStarted
            || response.ContentType is not null
            || response.ContentLength is not null
            || !http.Request.WantsPage())
            return;
        var kind = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => PageErrorKind.NotFound,
            StatusCodes.Status405MethodNotAllowed => PageErrorKind.WrongMethod,
            StatusCodes.Status400BadRequest => PageErrorKind.General,
            _ => (PageErrorKind?)null,
        };
        if (kind is { } known)
            await page.DrawAsync(http, new PageError(known));
    }
}
