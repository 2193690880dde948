using AuthServer.Core.Authorize;

namespace AuthServer.Web.Http;

/// <summary>
/// Who asks for <c>web_message</c> may have opened us in a popup and waits for the message: a page on that way, redirects included, must
/// not cut the browser's link to its opener. Everywhere else it is cut.
/// </summary>
internal static class OpenerPolicy
{
    public static void SetFor(HttpResponse response, PendingAuthorization waiting)
    {
        if (waiting.Parameters["response_mode"] == "web_message")
            response.Headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
    }
}
