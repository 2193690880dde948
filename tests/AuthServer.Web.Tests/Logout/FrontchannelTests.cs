using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Logout;

/// <summary>
/// OpenID Connect Front-Channel Logout 1.0: the signed-out page frames the applications of the session, and then leads
/// on.
/// </summary>
public sealed class FrontchannelTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Browser browser = null!;
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        (browser, client) = (new Browser(server), await server.AddPublicClientAsync());
        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId,
            c =>
                (c.FrontchannelLogoutUri, c.AllowedLogoutUrls) = (
                    "https://app.example/out?x=1", ["https://app.example/bye"]));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_frame_has_issuer_and_session_and_the_policy_lets_just_its_origin_in()
    {
        await browser.OpenAsync("/u/logout");
        Assert.Empty(browser.Page.QuerySelectorAll("iframe"));
        await browser.ClickAsync("logout-confirm");

        var frame = browser.Page.QuerySelector("iframe")!.GetAttribute("src")!;
        var query = QueryHelpers.ParseQuery(new Uri(frame).Query);
        Assert.StartsWith("https://app.example/out?x=1&", frame, StringComparison.Ordinal);
        Assert.Equal((server.Issuer.Value, 32), (query["iss"].ToString(), query["sid"].ToString().Length));
        Assert.EndsWith(
            "; frame-src https://app.example",
            browser.Answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Contains("You are signed out", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_frames_the_browser_goes_where_it_was_asked_to()
    {
        await browser.OpenAsync(
            QueryHelpers.AddQueryString(
                "/v2/logout",
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["client_id"] = client.ClientId,
                    ["returnTo"] = "https://app.example/bye",
                }));

        Assert.Single(browser.Page.QuerySelectorAll("iframe"));
        Assert.Equal(
            "3;url=https://app.example/bye",
            browser.Page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task An_application_that_was_not_in_the_session_is_not_framed()
    {
        var other = await server.AddPublicClientAsync(c => c.Name = "Other");
        await server.ChangeAsync<Client>(
            c => c.ClientId == other.ClientId, c => c.FrontchannelLogoutUri = "https://app.example/other");
        await browser.OpenAsync("/u/logout");
        await browser.ClickAsync("logout-confirm");

        Assert.DoesNotContain("/other", browser.Html, StringComparison.Ordinal);
    }
}
