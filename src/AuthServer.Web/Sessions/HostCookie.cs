namespace AuthServer.Web.Sessions;

/// <summary>
/// Names of this server's cookies: on https they have the prefix <c>__Host-</c>, which binds a cookie to this host
/// (RFC 6265bis §4.1.3.2).
/// </summary>
internal static class HostCookie
{
    public static string NameOf(HttpContext http, string name) => http.Request.IsHttps ? "__Host-" + name : name;
}
