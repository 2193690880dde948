using AuthServer.Core.Users;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Pages;

/// <summary>A form whose password found no place to wait is answered by a page that says so and leads back.</summary>
internal sealed class PasswordQueueFullFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not PasswordQueueFullException)
            return;
        var request = context.HttpContext.Request;
        context.HttpContext.Response.Headers.RetryAfter = PasswordQueueFullException.RetryAfter;
        context.Result = new PageErrorResult(
            new PageError(PageErrorKind.Busy) { WayOn = request.Path + request.QueryString });
        context.ExceptionHandled = true;
    }
}
