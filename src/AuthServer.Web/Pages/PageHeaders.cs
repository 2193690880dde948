using AuthServer.Web.Areas.Dashboard.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

/// <summary>
/// The content security policy of our pages: our own style sheets, images and fonts, our own script where it does
/// something, nothing from another host.
/// </summary>
public static class PageHeaders
{
    /// <param name="response">The page's.</param>
    /// <param name="redirectUri">URL that a form of this page may lead to in the end: Chromium checks
    /// <c>form-action</c> along the redirects after a POST.</param>
    /// <param name="frames">Pages that it shows in frames: only their origins are allowed.</param>
    public static void Set(HttpResponse response, string? redirectUri = null, IReadOnlyList<string>? frames = null) =>
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; {ScriptSource(response.HttpContext)}style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; base-uri 'none'; "
            + $"frame-ancestors 'none'; form-action {FormAction(redirectUri)}{FrameSources(frames ?? [])}";

    /// <summary>Whether the page has what <see cref="PageAssets.ScriptUrl"/> is for.</summary>
    public static bool HasScript(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<PageActionDescriptor>()?.AreaName == DashboardAuthentication.Area
            || metadata.GetMetadata<UsesScriptAttribute>() is not null
            || metadata.GetMetadata<HttpMethodMetadata>() is { } methods
                && methods.HttpMethods.Contains(HttpMethods.Post, StringComparer.Ordinal));

    private static string ScriptSource(HttpContext http) => HasScript(http) ? "script-src 'self'; " : "";

    private static string FrameSources(IReadOnlyList<string> frames) =>
        frames.Count == 0
            ? ""
            : "; frame-src "
                + string.Join(
                    ' ',
                    frames
                        .Select(url => new Uri(url).GetLeftPart(UriPartial.Authority))
                        .Distinct(StringComparer.Ordinal));

    /// <summary>A scheme, not an origin: the application redirects further after its callback.</summary>
    private static string FormAction(string? redirectUri)
    {
        if (redirectUri is null)
            return "'self'";
        return Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Scheme != Uri.UriSchemeHttps
            ? $"'self' https: {uri.Scheme}:"
            : "'self' https:";
    }
}
