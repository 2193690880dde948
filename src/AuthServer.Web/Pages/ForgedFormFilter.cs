using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Pages;

/// <summary>
/// A form that is not from this browser's own page, or from one that is too old, is answered by a page with a way on.
/// </summary>
internal sealed class ForgedFormFilter : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not IAntiforgeryValidationFailedResult)
            return;
        context.Result = new PageErrorResult(PageError.OfForm(PageErrorKind.Forged, context.HttpContext.Request));
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
