using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Initiator of a request in the browser (W3C Fetch Metadata Request Headers). A page cannot set these headers; a
/// browser that sends none counts as one that navigates.
/// </summary>
public static class FetchMetadata
{
    /// <summary>Whether the user navigated here: not an image, a frame, a script or a prefetch.</summary>
    public static bool IsNavigation(this HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document"
        && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
        && !request.Headers.ContainsKey("Sec-Purpose");

    /// <summary>Whether the response is shown in a frame of another page, whose address the browser shows.</summary>
    public static bool IsInFrame(this HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"].ToString() is "iframe" or "frame";
}
