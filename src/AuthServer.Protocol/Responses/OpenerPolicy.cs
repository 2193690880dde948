using AuthServer.Core;
using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// A client that requests <c>web_message</c> may have opened the page in a popup and waits for the message: a page on
/// that way, redirects included, must not cut the browser's link to its opener. Everywhere else it is cut.
/// </summary>
public static class OpenerPolicy
{
    public static void SetOpenerPolicy(this HttpResponse response, RequestParameters parameters)
    {
        if (parameters["response_mode"] == "web_message")
            response.Headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
    }
}
