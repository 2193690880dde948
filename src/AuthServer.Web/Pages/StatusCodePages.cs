using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Diagnostics;

namespace AuthServer.Web.Pages;

/// <summary>An empty 400, 404 or 405 becomes a page when a person asked.</summary>
internal static class StatusCodePages
{
    public static Task DrawAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var kind = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => PageErrorKind.NotFound,
            StatusCodes.Status405MethodNotAllowed => PageErrorKind.WrongMethod,
            StatusCodes.Status400BadRequest => PageErrorKind.General,
            _ => (PageErrorKind?)null,
        };
        return kind is { } known && http.Request.WantsPage()
            ? http.RequestServices.GetRequiredService<ErrorPage>().DrawAsync(http, new PageError(known))
            : Task.CompletedTask;
    }
}
