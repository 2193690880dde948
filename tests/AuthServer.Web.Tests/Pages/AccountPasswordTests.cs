using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

/// <summary>ASVS 6.2.2, 6.2.3, 6.3.7, 7.2.4, 7.4.3.</summary>
public sealed class AccountPasswordTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string Old = "a long pass phrase";
    private const string New = "another long pass phrase";
    private readonly TestServer server = new();
    private Client client = null!;
    private User user = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        (client, user, browser) = (
            await server.AddPublicClientAsync(), await server.AddUserAsync(Address, Old), new Browser(server));
        await browser.OpenAsync("/account");
        await browser.SignInAsync(Address, Old);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_old_password_allows_a_new_one_and_the_user_gets_a_new_cookie_and_an_email()
    {
        var before = browser.Cookies["sid"];
        await ChangeAsync(Old, New);

        Assert.Contains("Your password was changed.", browser.Text, StringComparison.Ordinal);
        Assert.NotEqual(before, browser.Cookies["sid"]);
        Assert.False(await IsAliveAsync(before));
        Assert.True(await IsAliveAsync(browser.Cookies["sid"]));
        Assert.Contains("was changed", (await server.EmailToAsync(Address)).Subject, StringComparison.Ordinal);
        using var elsewhere = new Browser(server);
        await elsewhere.OpenAsync("/account");
        await elsewhere.SignInAsync(Address, Old);
        Assert.Equal("/u/login", elsewhere.Url.AbsolutePath);
        await elsewhere.SignInAsync(Address, New);
        Assert.Equal("/account", elsewhere.Url.AbsolutePath);
    }

    [Fact]
    public async Task Other_sessions_and_refresh_tokens_end()
    {
        var (oauth, other) = (new OAuth(server), await server.StartSessionAsync(user));
        await server.AddApiAsync();
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("scope", "openid offline_access"), ("audience", TestData.Api)), other);
        var token = (await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]))["refresh_token"];

        await ChangeAsync(Old, New);

        Assert.False(await IsAliveAsync(other));
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Theory]
    [InlineData("wrong", New, "The current password is wrong")]
    [InlineData("", New, "The current password is wrong")]
    [InlineData(Old, "short 7", "at least 8 characters")]
    public async Task What_does_not_fit_changes_nothing(string current, string password, string said)
    {
        var before = browser.Cookies["sid"];
        await ChangeAsync(current, password);

        Assert.Contains(said, browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        Assert.Single(browser.Page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.True(await IsAliveAsync(before));
    }

    [Fact]
    public async Task Guesses_count_as_failed_logins_do()
    {
        for (var i = 0; i < 10; i++)
            await ChangeAsync("wrong", New);
        await ChangeAsync(Old, New);
        Assert.Contains("too many attempts", browser.Text, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromMinutes(15));
        await ChangeAsync(Old, New);
        Assert.Contains("Your password was changed.", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_a_session_signs_in_first()
    {
        using var stranger = new Browser(server);
        await stranger.OpenAsync("/account/password");

        Assert.Equal("/u/login", stranger.Url.AbsolutePath);
    }

    private async Task ChangeAsync(string current, string password)
    {
        await browser.OpenAsync("/account");
        await browser.ClickAsync("change-password");
        await browser.Fill("current", current).Fill("password", password).ClickAsync("password-submit");
    }

    private async Task<bool> IsAliveAsync(string cookie)
    {
        using var answer = await new OAuth(server).AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "none")), cookie);
        return OAuth.Redirected(answer).ContainsKey("code");
    }
}
