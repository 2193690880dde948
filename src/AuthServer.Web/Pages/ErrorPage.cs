using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Protocol;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Pages;

/// <summary>Draws <c>/u/error</c> as the answer to another request, whose URL stays in the browser.</summary>
internal sealed class ErrorPage(PageRenderer renderer, PendingAuthorizationProtector pending) : IErrorPage
{
    public Task WriteAsync(HttpContext http, OAuthError error, ErrorPageApplication? application = null)
    {
        var kind = KindOf(http, error);
        var isOfRequest = kind is PageErrorKind.Request or PageErrorKind.Ended or PageErrorKind.Expired;
        if (isOfRequest && application is null && CustomErrorPage.Find(http) is { } custom)
        {
            http.Response.Redirect(custom.LocationOf(http, error));
            return Task.CompletedTask;
        }

        return DrawAsync(http, new PageError(kind) { Cause = error, Application = application });
    }

    /// <summary>The status is the caller's.</summary>
    public Task DrawAsync(HttpContext http, PageError error)
    {
        http.Items[PageError.Key] = error;
        return renderer.DrawAsync(http, "/Pages/Error");
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
