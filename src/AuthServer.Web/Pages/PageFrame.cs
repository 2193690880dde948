using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Pages;

/// <summary>Surrounds every page: its language, and the default headers.</summary>
internal sealed class PageFrame : IAsyncResourceFilter, IOrderedFilter
{
    /// <summary>Before the check of the form's token, whose answer is a page too.</summary>
    public int Order => int.MinValue;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        PageHeaders.Set(http.Response);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = PageLanguage.For(http);
        http.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        await next();
    }
}
