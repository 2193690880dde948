using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Pages.Development;

/// <summary>The page is not there in Production.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DevelopmentOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!context.HttpContext.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment())
            context.Result = new StatusCodeResult(StatusCodes.Status404NotFound);
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
