using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

/// <summary>ASVS 3.3 and 3.4.</summary>
public sealed class PageHeadersTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private Browser browser = null!;

    public ValueTask InitializeAsync()
    {
        browser = new Browser(server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/guide")]
    [InlineData("/try")]
    [InlineData("/u/login")]
    [InlineData("/u/signup")]
    [InlineData("/u/consent")]
    [InlineData("/u/logout")]
    [InlineData("/u/reset-password")]
    [InlineData("/u/reset-password/request")]
    [InlineData("/u/verify-email")]
    [InlineData("/u/error")]
    [InlineData("/nothing-here")]
    [InlineData("/authorize")]
    [InlineData("/authorize/resume")]
    [InlineData("login")]
    public async Task Every_page_has_them(string path)
    {
        await browser.OpenAsync(path == "login" ? (await server.AddPublicClientAsync()).Authorize() : path);

        var headers = browser.Answer.Headers;
        Assert.Equal("text/html", browser.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", headers.CacheControl!.ToString());
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        var script = browser.Page.QuerySelector("script") is null ? "" : "script-src 'self'; ";
        Assert.StartsWith(
            $"default-src 'none'; {script}style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'; form-action 'self'",
            policy,
            StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Empty(browser.Page.QuerySelectorAll(
            "script:not([src]), style, [style], iframe, object, [onclick], [onload]"));
        Assert.All(
            browser.Page.QuerySelectorAll("link[href], img[src], script[src]"),
            element =>
                Assert.StartsWith(
                    "/assets/", element.GetAttribute("href") ?? element.GetAttribute("src"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://app.example/callback", "form-action 'self' https:")]
    [InlineData("http://127.0.0.1:8080/callback", "form-action 'self' https: http:")]
    [InlineData("com.example.app:/callback", "form-action 'self' https: com.example.app:")]
    public async Task The_form_may_lead_to_where_the_answer_goes(string callback, string expected)
    {
        var client = await server.AddPublicClientAsync(c =>
        {
            c.Callbacks = [callback];
            c.AppType = Core.Model.AppTypes.Native;
        });
        await browser.OpenAsync(client.Authorize());

        Assert.EndsWith(
            expected,
            Assert.Single(browser.Answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookies_are_out_of_reach_for_scripts_and_other_sites()
    {
        var client = await server.AddPublicClientAsync();
        await browser.OpenAsync(client.Authorize());

        var cookie = Assert.Single(browser.Answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("csrf=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/assets/site.css")]
    [InlineData("/assets/tenant.css")]
    [InlineData("/assets/icon.svg")]
    [InlineData("/assets/page.js")]
    public async Task Assets_of_a_page_are_cached_for_a_year_and_set_no_cookie(string path)
    {
        await browser.OpenAsync("/");
        Assert.Null(browser.Page.QuerySelector("script"));
        await browser.OpenAsync("/try");
        var link = browser
            .Page.QuerySelectorAll("link, script")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
            .Single(href => href.StartsWith(path, StringComparison.Ordinal));

        await browser.OpenAsync(link);
        Assert.Equal("public, max-age=31536000, immutable", browser.Answer.Headers.CacheControl!.ToString());
        Assert.False(browser.Answer.Headers.Contains("Set-Cookie"));

        await browser.OpenAsync(path);
        Assert.Equal("public, max-age=60", browser.Answer.Headers.CacheControl!.ToString());
    }
}
