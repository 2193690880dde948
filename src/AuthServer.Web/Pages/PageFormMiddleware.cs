using AuthServer.Protocol.Extraction;
using AuthServer.Web.Formats;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

/// <summary>
/// Reads the form that a page receives before the page does: one that can't be read is its sender's error.
/// </summary>
internal sealed class PageFormMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        if (isPage && http.Request.HasFormContentType
            && await http.Request.ReadFormSafelyAsync(http.RequestAborted) is { } unreadable)
        {
            await new ErrorPageResult(unreadable).ExecuteAsync(http);
            return;
        }

        await next(http);
    }
}
