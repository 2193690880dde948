using AuthServer.Protocol.Authorize;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Pages;

public sealed class LogoutTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Core.Model.Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        (client, browser) = (await server.AddPublicClientAsync(), new Browser(server));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        var session = browser.Cookies["sid"];
        await browser.OpenAsync("/u/logout");
        Assert.Contains("Sign out of AuthServer?", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("logout-confirm");

        Assert.Contains("You are signed out", browser.Text, StringComparison.Ordinal);
        browser.SetCookie("sid", session);
        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.Equal("login_required", browser.Returned("error"));
    }

    [Fact]
    public async Task The_application_that_asked_gets_the_browser_back()
    {
        await browser.OpenAsync(
            "/u/logout?state=" + Seal(new PendingLogout("https://app.example/bye?x=1", "a b", "Appointments")));
        Assert.Contains("Appointments asks to sign you out", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("logout-confirm");

        Assert.Equal("https://app.example/bye?x=1&state=a%20b", browser.LeftTo!.AbsoluteUri);
    }

    [Fact]
    public async Task Staying_changes_nothing()
    {
        await browser.OpenAsync("/u/logout");
        await browser.ClickAsync("logout-cancel");
        Assert.Contains("You are still signed in", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Looking_does_not_sign_out()
    {
        await browser.OpenAsync("/u/logout?action=confirm");
        await browser.OpenAsync("/u/logout?action=confirm", HttpMethod.Head);

        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public void A_handle_is_good_for_an_hour_and_only_unchanged()
    {
        var handle = Seal(new PendingLogout("https://app.example/bye", null, null));
        var logouts = server.Services.GetRequiredService<PendingLogouts>();

        Assert.Equal("https://app.example/bye", logouts.Open(handle)!.Destination);
        Assert.Null(logouts.Open(handle + "A"));
        var authorizations = server.Services.GetRequiredService<PendingAuthorizationProtector>();
        Assert.Null(logouts.Open(authorizations.Seal(new(Core.RequestParameters.None, server.Time.GetUtcNow()))));
        server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(logouts.Open(handle));
    }

    private string Seal(PendingLogout pending) => server.Services.GetRequiredService<PendingLogouts>().Seal(pending);
}
