using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Responses;

/// <summary>Redirects a browser.</summary>
public static class Redirection
{
    /// <summary>
    /// 302 after a GET, and 303 after a POST: a form must not become another POST with the password in it (RFC 9700
    /// §4.12).
    /// </summary>
    public static int StatusFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;

    public static void RedirectTo(this HttpResponse response, string location)
    {
        response.StatusCode = StatusFor(response.HttpContext.Request);
        response.Headers.Location = location;
    }
}
