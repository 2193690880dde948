using System.Net;
using System.Net.Http.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>When the hashing queue is full, nothing is checked, counted or changed.</summary>
public sealed class FullQueueTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private readonly HashingDouble hashing = new();
    private Callers callers = null!;
    private Browser browser = null!;

    private TestServer Server => callers.Server;

    public async ValueTask InitializeAsync()
    {
        callers = new Callers(hashing.Replace);
        browser = new Browser(Server);
        await Server.AddUserAsync(Address, Callers.Password);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await callers.DisposeAsync();
    }

    [Fact]
    public async Task The_login_page_says_so_and_leads_back()
    {
        var client = await Server.AddPublicClientAsync();
        await browser.OpenAsync(client.Authorize());
        hashing.IsFull = true;
        var events = await Server.EventsOfAsync(() => browser.SignInAsync(Address, Callers.Password));

        AssertBusy(browser);
        Assert.Empty(events);
        hashing.IsFull = false;
        await browser.ClickAsync("way-on");
        await browser.SignInAsync(Address, Callers.Password);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task The_token_endpoint_is_temporarily_unavailable()
    {
        await callers.ClientAsync();
        hashing.IsFull = true;
        using var answer = await callers.SendAsync(Address, Callers.Password, "203.0.113.1");

        await AssertBusyAsync(answer);
    }

    [Fact]
    public async Task The_account_page_and_the_sign_up_page_say_so()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(Address, Callers.Password);
        await browser.OpenAsync("/account/password");
        hashing.IsFull = true;
        browser.Fill("current", Callers.Password).Fill("password", "another long pass phrase");
        await browser.ClickAsync("password-submit");
        AssertBusy(browser);

        using var other = new Browser(Server);
        await other.OpenAsync((await Server.AddPublicClientAsync()).Authorize(("screen_hint", "signup")));
        await other.Fill("username", "new@example.com").Fill("password", Callers.Password).ClickAsync("signup-submit");
        AssertBusy(other);
    }

    [Fact]
    public async Task The_link_of_a_reset_stays_good()
    {
        await browser.OpenAsync((await Server.AddPublicClientAsync()).Authorize());
        await browser.ClickAsync("forgot-link");
        await browser.Fill("username", Address).ClickAsync("forgot-submit");
        await browser.OpenAsync((await Server.EmailToAsync(Address)).LinkOf());
        hashing.IsFull = true;
        await browser.Fill("password", "another long pass phrase").ClickAsync("reset-submit");
        AssertBusy(browser);

        hashing.IsFull = false;
        await browser.ClickAsync("way-on");
        await browser.Fill("password", "another long pass phrase").ClickAsync("reset-submit");
        Assert.True(await callers.TrySignInAsync(Address, "203.0.113.1", "another long pass phrase"));
    }

    [Fact]
    public async Task A_sign_up_without_a_page_is_temporarily_unavailable()
    {
        var client = await callers.ClientAsync();
        hashing.IsFull = true;
        using var http = Server.NewHttp();
        using var answer = await http.PostAsJsonAsync(
            "/dbconnections/signup",
            new
            {
                client_id = client.ClientId,
                connection = Connection.DefaultDatabase,
                email = "a@example.com",
                password = Callers.Password,
            },
            TestContext.Current.CancellationToken);

        await AssertBusyAsync(answer);
    }

    [Fact]
    public async Task The_management_api_says_so_in_its_own_shape()
    {
        await using var api = ManagementScenario.With(hashing.Replace);
        var user = await api.NewUserAsync("first@example.com");
        hashing.IsFull = true;
        var created = await api.PostAsync(
            "users",
            $$"""
            {"connection":"{{Connection.DefaultDatabase}}","email":"b@example.com","password":"{{Callers.Password}}"}
            """);
        var changed = await api.PatchAsync(
            $"users/{user}", """{"name":"Grace","password":"another long enough one"}""");

        Assert.Equal((503, "Service Unavailable"), (created.Status, created.Text("error")));
        Assert.Equal((503, "Service Unavailable"), (changed.Status, changed.Text("error")));
        Assert.NotEqual("Grace", (await api.GetAsync($"users/{user}")).Text("name"));
    }

    private static void AssertBusy(Browser browser)
    {
        var retryAfter = $"{browser.Answer.Headers.RetryAfter}";
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (browser.Status, retryAfter));
        Assert.Contains("Many people are signing in right now", browser.Text, StringComparison.Ordinal);
    }

    private static async Task AssertBusyAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (answer.StatusCode, $"{answer.Headers.RetryAfter}"));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"temporarily_unavailable\"", body, StringComparison.Ordinal);
    }
}
