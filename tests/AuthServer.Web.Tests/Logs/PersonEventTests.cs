using System.Net.Http.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Logs;

namespace AuthServer.Web.Tests.Logs;

/// <summary>Events of users on the pages, and of applications at <c>/dbconnections</c> on their behalf.</summary>
public sealed class PersonEventTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string Password = "a long pass phrase";
    private readonly TestServer server = new();
    private Client client = null!;
    private User grace = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, grace, browser) = (
            await server.AddPublicClientAsync(), await server.AddUserAsync(Address, Password), new Browser(server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_login_and_the_logout_after_it()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await LoginAsync(Address, Password);
            await browser.OpenAsync("/oidc/logout");
            await browser.ClickAsync("logout-confirm");
        });

        Assert.Equal(["s", "slo"], events.Types());
        Assert.All(
            events,
            e =>
                Assert.Equal(
                    (grace.UserId, Address, Core.Model.Connection.DefaultDatabase),
                    (e.UserId, e.UserName, e.Connection)));
        Assert.Equal((client.ClientId, client.Name), (events[0].ClientId, events[0].ClientName));
    }

    [Fact]
    public async Task Each_reason_of_a_refused_login_has_its_own_type()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await LoginAsync(Address, "wrong");
            await LoginAsync("nobody@example.com", "wrong");
            await server.ChangeAsync<User>(u => u.UserId == grace.UserId, u => u.Blocked = true);
            await LoginAsync(Address, Password);
        });

        Assert.Equal(["fp", "fu", "f"], events.Types());
        Assert.Equal("user is blocked", events[2].Description);
        Assert.Equal([grace.UserId, null, grace.UserId], events.Select(e => e.UserId));
    }

    [Fact]
    public async Task A_locked_account_has_another_event_than_a_locked_address()
    {
        var oneTooMany = await server.EventsOfAsync(() => FailAsync(11, _ => Address));
        var manyNames = await server.EventsOfAsync(() => FailAsync(91, number => $"person{number}@example.com"));

        Assert.Equal([.. Enumerable.Repeat("fp", 10), "limit_wc"], Refused(oneTooMany).Types());
        Assert.Equal([.. Enumerable.Repeat("fu", 90), "limit_mu"], Refused(manyNames).Types());

        // A job notifies the owner meanwhile; its event has no client.
        IEnumerable<LogEvent> Refused(IEnumerable<LogEvent> events) => events.Where(e => e.ClientId == client.ClientId);
    }

    [Fact]
    public async Task A_login_that_is_cancelled_was_not_authorized()
    {
        await browser.OpenAsync(client.Authorize());

        Assert.Equal(
            ("f", "User did not authorize the request", client.ClientId),
            Assert.Single(await server.EventsOfAsync(() => browser.ClickAsync("login-cancel"))) is var e
                ? (e.Type, e.Description, e.ClientId)
                : default);
    }

    [Fact]
    public async Task A_consent_event_names_the_scopes()
    {
        var theirs = await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false));
        await browser.OpenAsync(theirs.Authorize());
        await browser.SignInAsync(Address, Password);
        var agreed = Assert.Single(await server.EventsOfAsync(() => browser.ClickAsync("consent-allow")));

        Assert.Equal(
            ("sapi", "Consent to an application", theirs.ClientId, grace.UserId),
            (agreed.Type, agreed.Description, agreed.ClientId, agreed.UserId));
        Assert.Contains("openid", agreed.Scope!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logout_to_nowhere_is_refused() =>
        Assert.Equal(
            ["flo"],
            (await server.EventsOfAsync(() => browser.OpenAsync("/v2/logout?returnTo=https%3A%2F%2Fevil.example"))
            ).Types());

    [Fact]
    public async Task A_sign_up_is_one_and_a_login_and_a_taken_address_none()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await SignUpAsync("new@example.com");
            using var other = new Browser(server);
            browser = other;
            await SignUpAsync("new@example.com");
        });

        Assert.Equal(["ss", "s", "fs"], events.Types());
        Assert.All(events, e => Assert.Equal(("new@example.com", client.ClientId), (e.UserName, e.ClientId)));
    }

    [Fact]
    public async Task A_sign_up_without_a_page_too()
    {
        using var http = server.NewHttp();
        Task<HttpResponseMessage> SignUpAsync() =>
            http.PostAsJsonAsync(
                "/dbconnections/signup",
                new
                {
                    client_id = client.ClientId,
                    connection = Core.Model.Connection.DefaultDatabase,
                    email = "script@example.com",
                    password = Password,
                });

        Assert.Equal(
            ["ss", "fs"],
            (await server.EventsOfAsync(async () => (await SignUpAsync(), await SignUpAsync()).ToString())).Types());
    }

    [Fact]
    public async Task A_forgotten_password_is_asked_for_and_set_once()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await browser.OpenAsync(client.Authorize());
            await browser.ClickAsync("forgot-link");
            await browser.Fill("username", Address).ClickAsync("forgot-submit");
            var link = (await server.EmailToAsync(Address)).LinkOf();
            using var second = new Browser(server);
            await browser.OpenAsync(link);
            await second.OpenAsync(link);
            await browser.Fill("password", "another long pass phrase").ClickAsync("reset-submit");
            await second.Fill("password", "a third long pass phrase").ClickAsync("reset-submit");
        });

        Assert.Equal(["scpr", "scp", "fcp"], events.Types());
        Assert.Equal((Address, grace.UserId), (events[0].UserName, events[1].UserId));
    }

    [Fact]
    public async Task A_password_is_changed_and_an_address_confirmed_on_the_account_page()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(Address, Password);

        var events = await server.EventsOfAsync(async () =>
        {
            await browser.ClickAsync("verify-again");
            await (await ChangeAsync("wrong")).OpenAsync("/account");
            await ChangeAsync(Password);
            await browser.OpenAsync("/account");
            await browser.ClickAsync("verify-again");
        });

        Assert.Equal(["svr", "fcp", "scp", "fvr"], events.Types());
        Assert.All(events, e => Assert.Equal(grace.UserId, e.UserId));
    }

    [Fact]
    public async Task What_was_not_there_is_not_recorded_as_removed()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(Address, Password);

        var events = await server.EventsOfAsync(async () =>
        {
            await PostAsync("end", ("session", "none"));
            await PostAsync("disconnect", ("provider", "oidc"), ("identity", "corp|grace"));
            await PostAsync("revoke", ("client", client.ClientId), ("audience", ""));
            await browser.OpenAsync(client.Authorize());
            await browser.OpenAsync("/account");
            await PostAsync("revoke", ("client", client.ClientId), ("audience", ""));
        });

        Assert.Equal(["srrt"], events.Types());

        Task PostAsync(string action, params (string Name, string Value)[] fields)
        {
            browser.Page.GetElementById("verify-again")!.SetAttribute("value", action);
            return browser.ClickAsync("verify-again", fields);
        }
    }

    private async Task<Browser> ChangeAsync(string current)
    {
        await browser.OpenAsync("/account/password");
        return await browser
            .Fill("current", current)
            .Fill("password", "another long pass phrase")
            .ClickAsync("password-submit");
    }

    /// <summary>As many in a minute as are recorded one by one.</summary>
    private async Task FailAsync(int times, Func<int, string> name)
    {
        await browser.OpenAsync(client.Authorize());
        for (var i = 0; i < times; i++)
        {
            if (i > 0 && i % RefusalLimiter.MaxPerAddress == 0)
                server.Time.Advance(TimeSpan.FromMinutes(1));
            await browser.SignInAsync(name(i), "wrong");
        }
    }

    private async Task LoginAsync(string name, string password)
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(name, password);
    }

    private async Task SignUpAsync(string address)
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await browser.Fill("username", address).Fill("password", Password).ClickAsync("signup-submit");
    }
}
