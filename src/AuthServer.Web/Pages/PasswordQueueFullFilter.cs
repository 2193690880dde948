using AuthServer.Core.Users;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Pages;

/// <summary>Answers a form whose password the full queue did not take with a page that leads back.</summary>
internal sealed class PasswordQueueFullFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not PasswordQueueFullException)
            return;
        context.HttpContext.Response.Headers.RetryAfter = PasswordQueueFullException.RetryAfter;
        context.Result = new PageErrorResult(PageError.OfForm(PageErrorKind.Busy, context.HttpContext.Request));
        context.ExceptionHandled = true;
    }
}
