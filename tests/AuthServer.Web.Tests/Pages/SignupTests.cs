using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Pages;

public sealed class SignupTests : IAsyncLifetime
{
    private const string Password = "four unrelated words here";
    private readonly TestServer server = new();
    private Core.Model.Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await server.AddPublicClientAsync(), new Browser(server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_new_account_is_signed_in_at_once()
    {
        await browser.OpenAsync(client.Authorize());
        await browser.ClickAsync("signup-link");
        await SignUpAsync("Grace@Example.com", Password);

        Assert.NotNull(browser.Returned("code"));
        var user = await server.WithAsync<AuthDbContext, Core.Model.User>(db =>
            db.Users.SingleAsync(u => u.NormalizedEmail == "grace@example.com"));
        Assert.Equal("grace@example.com", user.Email);
        Assert.Equal(1, user.LoginsCount);
        Assert.False(user.EmailVerified);
    }

    [Fact]
    public async Task The_screen_hint_opens_the_sign_up_page()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup"), ("login_hint", "grace@example.com")));

        Assert.Equal("/u/signup", browser.Url.AbsolutePath);
        Assert.Equal("new-password", browser.Input("password")!.GetAttribute("autocomplete"));
        Assert.Equal("grace@example.com", browser.Input("username")!.GetAttribute("value"));
        await browser.ClickAsync("login-link");
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    [Theory]
    [InlineData(TestServer.AdminEmail)]
    [InlineData(" ADA@example.com ")]
    public async Task A_taken_address_gets_a_general_message(string taken)
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await SignUpAsync(taken, Password);

        Assert.Contains("This email address can't be used.", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Cookies.ContainsKey("sid"));
    }

    [Theory]
    [InlineData("grace@example.com", "short 7", "at least 8 characters")]
    [InlineData("grace@example.com", "password123", "one of the first that others would guess")]
    [InlineData("grace", Password, "Enter a complete email address")]
    [InlineData("grace@exam ple.com", Password, "Enter a complete email address")]
    public async Task An_invalid_value_is_reported_at_its_field(string address, string password, string said)
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await SignUpAsync(address, password);

        Assert.Contains(said, browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        Assert.Single(browser.Page.QuerySelectorAll("[aria-invalid=true]"));
    }

    [Fact]
    public async Task A_password_of_1024_bytes_is_the_longest()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await SignUpAsync("grace@example.com", new string('x', 1025));
        Assert.True(browser.Has("problem"));

        await SignUpAsync("grace@example.com", string.Concat(Enumerable.Repeat("🦉🐙", 32)));
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_connection_that_is_closed_for_sign_ups_offers_none()
    {
        await server.ChangeAsync(async db => (await db.Connections.SingleAsync()).DisableSignup = true);

        await browser.OpenAsync(client.Authorize());
        Assert.False(browser.Has("signup-link"));
        await browser.OpenAsync(browser.Url.PathAndQuery.Replace("/u/login", "/u/signup", StringComparison.Ordinal));
        Assert.Contains("New accounts can't be created here.", browser.Text, StringComparison.Ordinal);
        Assert.Null(browser.Input("password"));
    }

    [Fact]
    public async Task One_network_creates_a_hundred_accounts_a_day_and_no_more()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        for (var i = 0; i < 100; i++)
            await SignUpAsync(TestServer.AdminEmail, Password);
        await SignUpAsync("grace@example.com", Password);
        Assert.Contains("Too many accounts", browser.Text, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromDays(1));
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await SignUpAsync("grace@example.com", Password);
        Assert.NotNull(browser.Returned("code"));
    }

    private Task<Browser> SignUpAsync(string address, string password) =>
        browser.Fill("username", address).Fill("password", password).ClickAsync("signup-submit");
}
