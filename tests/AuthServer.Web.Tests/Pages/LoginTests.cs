using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

public sealed class LoginTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
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
    public async Task A_login_ends_at_the_callback_with_a_code_and_the_state()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        Assert.StartsWith(TestData.Callback, browser.LeftTo!.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(browser.Returned("code")!);
        Assert.Equal("xyzABC123", browser.Returned("state"));
        Assert.Equal(server.Issuer.Value, browser.Returned("iss"));
    }

    [Fact]
    public async Task The_page_says_which_application_asks()
    {
        await browser.OpenAsync(client.Authorize());

        Assert.Contains("to continue to Appointments", browser.Text, StringComparison.Ordinal);
        Assert.Equal("password", browser.Input("password")!.GetAttribute("type"));
        Assert.Equal("current-password", browser.Input("password")!.GetAttribute("autocomplete"));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_look_the_same()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(password: "wrong");
        var known = Comparable();
        using var other = new Browser(server);
        await other.OpenAsync(client.Authorize());
        await other.SignInAsync(email: "eve@example.com", password: "wrong");

        Assert.Contains(
            "Wrong email, username or password, or too many attempts.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(known, other.Text);
        Assert.Equal(browser.Status, other.Status);
        Assert.Equal(
            browser.Cookies.Keys.Order(StringComparer.Ordinal), other.Cookies.Keys.Order(StringComparer.Ordinal));

        string Comparable() => browser.Text;
    }

    [Fact]
    public async Task Cancelling_notifies_the_application()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.ClickAsync("login-cancel");

        Assert.Equal("access_denied", browser.Returned("error"));
        Assert.Equal("xyzABC123", browser.Returned("state"));
    }

    [Fact]
    public async Task A_login_gives_a_new_session_cookie_and_ends_the_old_session()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        var first = browser.Cookies["sid"];
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await browser.OpenAsync(client.Authorize(("prompt", "login")));
        await browser.SignInAsync();

        Assert.NotEqual(first, browser.Cookies["sid"], StringComparer.Ordinal);
        browser.SetCookie("sid", first);
        await browser.OpenAsync(client.Authorize(("prompt", "none")));
        Assert.Equal("login_required", browser.Returned("error"));
    }

    [Fact]
    public async Task A_cookie_that_was_there_before_the_login_is_worth_nothing_after_it()
    {
        browser.SetCookie("sid", "planted-by-somebody-else");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        Assert.NotEqual("planted-by-somebody-else", browser.Cookies["sid"], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("\"><svg onload=1>", "\"><svg onload=1>")]
    public async Task The_login_hint_is_prefilled(string hint, string shown)
    {
        await browser.OpenAsync(client.Authorize(("login_hint", hint)));

        Assert.Equal(shown, browser.Input("username")!.GetAttribute("value"));
        Assert.Empty(browser.Page.QuerySelectorAll("svg[onload]"));
    }

    [Fact]
    public async Task A_login_hint_that_is_too_long_is_left_out()
    {
        await browser.OpenAsync(client.Authorize(("login_hint", new string('a', 255))));

        Assert.Equal("", browser.Input("username")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task An_application_without_a_connection_says_so()
    {
        var alone = await server.AddPublicClientAsync(isConnected: false);

        await browser.OpenAsync(alone.Authorize());

        Assert.Contains("it has no user database", browser.Text, StringComparison.Ordinal);
        Assert.Null(browser.Input("password"));
        await browser.ClickAsync("login-cancel");
        Assert.Equal("access_denied", browser.Returned("error"));
    }

    [Fact]
    public async Task The_second_of_two_databases_is_tried_too()
    {
        await server.ChangeAsync(db =>
        {
            db.Add(new Connection { Id = "con_second", Name = "Zweite", Strategy = Connection.DatabaseStrategy });
            return Task.FromResult(
                db.Add(new ConnectionClient { ConnectionId = "con_second", ClientId = client.ClientId }));
        });
        await server.AddUserAsync("grace@example.com", "a password of Grace", "Zweite");

        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync("grace@example.com", "a password of Grace");

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_handle_that_was_changed_or_is_too_old_is_answered_by_a_page()
    {
        await browser.OpenAsync("/u/login?state=forged");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("This sign-in took too long", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(client.Authorize());
        server.Time.Advance(TimeSpan.FromHours(1));
        await browser.SignInAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("This sign-in took too long", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_counts_exactly_as_typed()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(password: TestServer.AdminPassword + " ");
        Assert.True(browser.Has("problem"));
        await browser.SignInAsync(password: TestServer.AdminPassword.ToUpperInvariant());
        Assert.True(browser.Has("problem"));
    }
}
