using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

/// <summary>OpenID Connect Core §3.1.2.1: <c>prompt</c>, as the user meets it.</summary>
public sealed class LoginPromptTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private Core.Model.Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await server.AddPublicClientAsync(), new Browser(server));

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Silence_without_a_session_is_an_error_at_the_callback()
    {
        await browser.OpenAsync(client.Authorize(("prompt", "none")));

        Assert.Equal("login_required", browser.Returned("error"));
    }

    [Fact]
    public async Task A_live_session_needs_no_second_login()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        await browser.OpenAsync(client.Authorize(("prompt", "none")));

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Prompt_login_asks_again_and_names_the_reason()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        server.Time.Advance(TimeSpan.FromSeconds(5));

        await browser.OpenAsync(client.Authorize(("prompt", "login")));

        Assert.Contains("asks you to confirm that it is you", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("login-continue"));
        Assert.Equal(TestServer.AdminEmail, browser.Input("username")!.GetAttribute("value"));
        await browser.SignInAsync();
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_login_of_another_user_than_the_requested_one_is_an_error_at_the_callback()
    {
        await server.AddUserAsync("mary@example.com", "a password of Mary");
        var hint = (await new OAuth(server).GetTokensAsync(client, "openid"))["id_token"];

        await browser.OpenAsync(client.Authorize(("id_token_hint", hint)));
        await browser.SignInAsync("mary@example.com", "a password of Mary");

        Assert.Equal("login_required", browser.Returned("error"));
    }

    [Fact]
    public async Task Select_account_offers_the_account_and_goes_on_with_it()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        var session = browser.Cookies["sid"];
        server.Time.Advance(TimeSpan.FromSeconds(5));

        await browser.OpenAsync(client.Authorize(("prompt", "select_account")));
        Assert.Contains(TestServer.AdminEmail, browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("login-continue");

        Assert.NotNull(browser.Returned("code"));
        Assert.Equal(session, browser.Cookies["sid"]);
    }

    [Fact]
    public async Task A_choice_of_one_session_is_none_in_another()
    {
        await server.AddUserAsync("heidi@example.com", "a password of Heidi");
        using var heidi = new Browser(server);
        await heidi.OpenAsync(client.Authorize());
        await heidi.SignInAsync("heidi@example.com", "a password of Heidi");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await browser.OpenAsync(client.Authorize(("prompt", "select_account")));
        using var http = server.NewHttp();
        using var chosen = await http.SendAsync(browser.Submission("login-continue")());

        await heidi.OpenAsync(chosen.Headers.Location!.OriginalString);

        Assert.Equal("/u/login", heidi.Url.AbsolutePath);
    }

    [Fact]
    public async Task Select_account_lets_another_user_in()
    {
        await server.AddUserAsync("grace@example.com", "a password of Grace");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        server.Time.Advance(TimeSpan.FromSeconds(5));

        await browser.OpenAsync(client.Authorize(("prompt", "select_account")));
        await browser.SignInAsync("grace@example.com", "a password of Grace");

        Assert.NotNull(browser.Returned("code"));
    }
}
