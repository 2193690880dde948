using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

/// <summary>Draws a page as the answer to another request, whose URL stays in the browser.</summary>
internal sealed class PageRenderer(EndpointDataSource endpoints)
{
    private readonly ConcurrentDictionary<string, Endpoint> pages = new(StringComparer.Ordinal);

    /// <summary>The status is the caller's.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">The page's file, without its extension.</param>
    public async Task DrawAsync(HttpContext http, string path)
    {
        var page = pages.GetOrAdd(path, Find);
        var descriptor = page.Metadata.GetRequiredMetadata<PageActionDescriptor>();
        http.SetEndpoint(page);
        http.Request.RouteValues = new RouteValueDictionary(descriptor.RouteValues);

        // To look at the page is to GET it, whatever was tried before.
        var method = http.Request.Method;
        http.Request.Method = HttpMethods.IsHead(method) ? method : HttpMethods.Get;
        await page.RequestDelegate!(http);
        http.Request.Method = method;
    }

    private Endpoint Find(string path) => endpoints.Endpoints.First(
        endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>()?.RelativePath == path + ".cshtml");
}
