using Microsoft.AspNetCore.Authentication.Cookies;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>
/// Gives a cookie the prefix <c>__Host-</c> on https, where it binds the cookie to this host (RFC 6265bis §4.1.3.2).
/// Development's plain http can't have it.
/// </summary>
internal sealed class SchemeCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager chunks = new();

    public string? GetRequestCookie(HttpContext context, string key) =>
        chunks.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        chunks.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        chunks.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
}
