using AuthServer.Core;

namespace AuthServer.Web.Http;

internal sealed class PlainErrorPage : IErrorPage
{
    public Task WriteAsync(HttpContext http, OAuthError error) => http.Response.WriteAsync(error.Description);
}
