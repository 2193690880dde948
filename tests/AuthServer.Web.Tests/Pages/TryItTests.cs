using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Pages;

/// <summary>The sample application: a real client, over HTTP.</summary>
public sealed class TryItTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
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

    [Fact]
    public async Task It_signs_in_and_shows_what_it_received()
    {
        await SignInAsync();

        Assert.Equal("/try/result", browser.Url.AbsolutePath);
        Assert.Contains(
            $"\"iss\": \"{server.Issuer}\"",
            browser.Page.GetElementById("id_token")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"alg\": \"RS256\"", browser.Page.GetElementById("id_token")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(browser.Page.GetElementById("access_token"));
        Assert.DoesNotContain("code=", browser.Url.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refreshes_and_asks_userinfo()
    {
        await SignInAsync();
        var before = browser.Page.QuerySelector("#refresh_token .raw")!.TextContent;

        await browser.ClickAsync("try-refresh");
        Assert.Contains("HTTP 200", browser.Page.GetElementById("last-call")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(before, browser.Page.QuerySelector("#refresh_token .raw")!.TextContent, StringComparer.Ordinal);
        await browser.ClickAsync("try-userinfo");
        Assert.Contains(
            TestServer.AdminEmail, browser.Page.GetElementById("last-call")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_signs_out_of_the_server_and_comes_back()
    {
        await SignInAsync();
        await browser.ClickAsync("try-logout");
        if (browser.Has("logout-confirm"))
            await browser.ClickAsync("logout-confirm");

        Assert.Equal("/try", browser.Url.AbsolutePath);
        await browser.ClickAsync("try-submit");
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task An_unsolicited_answer_is_refused()
    {
        await browser.OpenAsync("/try");
        await browser.ClickAsync("try-submit");
        await browser.OpenAsync($"/try/callback?code=x&state=another&iss={Uri.EscapeDataString(server.Issuer.Value)}");

        Assert.Equal("/try", browser.Url.AbsolutePath);
        Assert.Contains("state:", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_shows_the_error_of_the_protocol()
    {
        await browser.OpenAsync("/try");
        await browser.ClickAsync("try-submit");
        await browser.ClickAsync("login-cancel");

        Assert.Contains("access_denied", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_the_sample_ends_after_an_hour()
    {
        await SignInAsync();
        server.Time.Advance(TimeSpan.FromHours(1));
        await browser.OpenAsync("/try/result");

        Assert.Equal("/try", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task It_is_registered_once_with_the_callbacks_of_this_process()
    {
        var client = await server.WithAsync<AuthDbContext, Client>(
            db => db.Clients.SingleAsync(c => c.DisplayName == "Sample application"));

        Assert.Matches("^[A-Za-z0-9]{32}$", client.ClientId);
        Assert.Contains(server.Issuer.At("/try/callback"), client.Callbacks);
        Assert.True(client.IsPublic);
        Assert.True(client.RefreshTokens.Rotating);
    }

    private async Task SignInAsync()
    {
        await browser.OpenAsync("/try");
        await browser.ClickAsync("try-submit");
        await browser.SignInAsync();
        if (browser.Has("consent-allow"))
            await browser.ClickAsync("consent-allow");
    }
}
