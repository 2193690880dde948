using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Protocol;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

/// <summary>Draws <c>/u/error</c> as the answer to another request, whose URL stays in the browser.</summary>
internal sealed class ErrorPage(EndpointDataSource endpoints, PendingAuthorizationProtector pending) : IErrorPage
{
    private Endpoint? page;

    public Task WriteAsync(HttpContext http, OAuthError error, ErrorPageApplication? application = null) =>
        DrawAsync(http, new PageError(KindOf(http, error)) { Cause = error, Application = application });

    /// <summary>The status is the caller's.</summary>
    public async Task DrawAsync(HttpContext http, PageError error)
    {
        http.Items[PageError.Key] = error;
        page ??= endpoints.Endpoints.First(endpoint =>
            endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { ViewEnginePath: "/Error" });
        http.SetEndpoint(page);
        http.Request.RouteValues = new RouteValueDictionary { ["page"] = "/Error" };

        // The page is shown as for a GET, whatever the method of the failed request was.
        var method = http.Request.Method;
        http.Request.Method = HttpMethods.IsHead(method) ? method : HttpMethods.Get;
        await page.RequestDelegate!(http);
        http.Request.Method = method;
    }

    private PageErrorKind KindOf(HttpContext http, OAuthError error) => error.Code switch
    {
        "server_error" => PageErrorKind.Broken,
        "too_many_requests" => PageErrorKind.TooMany,
        "temporarily_unavailable" => PageErrorKind.Unavailable,
        "invalid_request_uri" => PageErrorKind.Ended,
        _ when IsResume(http.Request.Path) && pending.Open(http.Request.Query["state"]) is null =>
            PageErrorKind.Expired,
        _ => PageErrorKind.Request,
    };

    private static bool IsResume(PathString path) =>
        ProtocolPaths.IsResume(path) || path == AccountApplication.ResumePath;
}
