using System.Net;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Pages;

public sealed class ErrorPageTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        browser = new Browser(server);
        await server.ChangeSettingsAsync(settings =>
            (settings.SupportEmail, settings.SupportUrl) = ("help@example.com", "https://help.example/"));
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_request_says_what_to_do_and_whom_to_ask()
    {
        await browser.OpenAsync("/authorize?client_id=%3Csvg%20onload%3D1%3E");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Unknown client: <svg onload=1>", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Request ID", browser.Text, StringComparison.Ordinal);
        Assert.Equal("https://help.example/", browser.Page.GetElementById("support-url")!.GetAttribute("href"));
        Assert.Equal("mailto:help@example.com", browser.Page.GetElementById("support-email")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_support_address_that_is_not_a_web_address_is_not_linked()
    {
        await server.ChangeSettingsAsync(settings => settings.SupportUrl = "javascript:alert(1)");
        await browser.OpenAsync("/u/error");

        Assert.False(browser.Has("support-url"));
    }

    [Theory]
    [InlineData("/nothing-here", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/u/nothing", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/authorize/resume?state=x", HttpStatusCode.BadRequest, "This sign-in took too long")]
    [InlineData("/u/error", HttpStatusCode.OK, "Something is not right")]
    public async Task A_browser_gets_a_page(string path, HttpStatusCode status, string said)
    {
        await browser.OpenAsync(path);

        Assert.Equal(status, browser.Status);
        Assert.Contains(said, browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_page_has_a_way_on()
    {
        await AssertWayOnAsync("/");
        await server.ChangeSettingsAsync(settings => settings.DefaultRedirectionUri = "https://app.example/");
        await AssertWayOnAsync("https://app.example/");

        async Task AssertWayOnAsync(string expected)
        {
            string[] paths =
                ["/nothing-here", "/authorize/resume?state=x", "/authorize?client_id=unknown", "/u/error"];
            foreach (var path in paths)
            {
                await browser.OpenAsync(path);
                Assert.Equal((path, expected), (path, browser.Page.GetElementById("way-on")?.GetAttribute("href")));
            }
        }
    }

    [Fact]
    public async Task A_wrong_method_gets_a_page_too()
    {
        await browser.OpenAsync("/u/login", HttpMethod.Put);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, browser.Status);
        Assert.Contains("can't be opened directly", browser.Text, StringComparison.Ordinal);
        Assert.Equal(
            "GET, HEAD, POST", string.Join(", ", browser.Answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/api/v2/nothing")]
    [InlineData("/oauth/nothing")]
    [InlineData("/.well-known/nothing")]
    public async Task A_program_gets_no_page(string path)
    {
        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.DoesNotContain("<html", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_store_is_a_page_for_a_user_and_json_for_a_program()
    {
        var client = await server.AddPublicClientAsync();
        await server.WithAsync<Storage.AuthDbContext, int>(db =>
            db.Database.ExecuteSqlRawAsync("ALTER TABLE clients RENAME TO clients_gone"));

        await browser.OpenAsync(client.Authorize());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.Contains("We will be right back", browser.Text, StringComparison.Ordinal);
        var failed = browser.Url;
        await browser.ClickAsync("way-on");
        Assert.Equal(failed, browser.Url);

        using var http = server.NewHttp();
        using var answer = await http.GetAsync(client.Authorize());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_store_without_settings_still_gets_a_page()
    {
        await server.ChangeAsync(async db => db.TenantSettings.Remove(await db.TenantSettings.SingleAsync()));
        await browser.OpenAsync("/u/login");

        Assert.Equal(HttpStatusCode.InternalServerError, browser.Status);
        Assert.Contains("Something went wrong on our side", browser.Text, StringComparison.Ordinal);
    }
}
