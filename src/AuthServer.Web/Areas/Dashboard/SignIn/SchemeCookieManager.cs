using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>
/// Names a scheme's cookie as <see cref="HostCookie"/> names the others.
/// </summary>
internal sealed class SchemeCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager chunks = new();

    public string? GetRequestCookie(HttpContext context, string key) =>
        chunks.GetRequestCookie(context, HostCookie.NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        chunks.AppendResponseCookie(context, HostCookie.NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        chunks.DeleteCookie(context, HostCookie.NameOf(context, key), options);
}
