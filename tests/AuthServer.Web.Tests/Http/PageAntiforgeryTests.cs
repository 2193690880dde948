using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AuthServer.Web.Tests.Http;

public sealed class PageAntiforgeryTests
{
    private readonly PageAntiforgery antiforgery = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void On_https_the_cookie_is_bound_to_this_host()
    {
        var http = Request("https");
        antiforgery.GetAndStoreTokens(http);
        antiforgery.GetAndStoreTokens(http);

        var cookie = Assert.Single(http.Response.Headers.SetCookie);
        Assert.Matches("^__Host-csrf=[A-Za-z0-9_-]{43}; path=/; secure; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task A_token_goes_with_its_cookie_and_no_other()
    {
        var tokens = antiforgery.GetAndStoreTokens(Request("https"));
        var others = antiforgery.GetAndStoreTokens(Request("https"));

        Assert.True(await antiforgery.IsRequestValidAsync(Post(tokens.CookieToken!, tokens.RequestToken!)));
        Assert.False(await antiforgery.IsRequestValidAsync(Post(others.CookieToken!, tokens.RequestToken!)));
        Assert.False(await antiforgery.IsRequestValidAsync(Post(tokens.CookieToken!, "")));
        Assert.False(await antiforgery.IsRequestValidAsync(Post(tokens.CookieToken!, "not base64")));
        Assert.False(
            await antiforgery.IsRequestValidAsync(
                Post(tokens.CookieToken!, new StringValues([tokens.RequestToken, tokens.RequestToken]))));
    }

    private static DefaultHttpContext Request(string scheme) => new() { Request = { Scheme = scheme, Method = "GET" } };

    private static DefaultHttpContext Post(string cookie, StringValues token)
    {
        var http = Request("https");
        http.Request.Method = "POST";
        http.Request.Headers.Cookie = "__Host-csrf=" + cookie;
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(new(StringComparer.Ordinal) { [PageAntiforgery.FieldName] = token });
        return http;
    }
}
