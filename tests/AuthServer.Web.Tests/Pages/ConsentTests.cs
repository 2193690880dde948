using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Pages;

/// <summary>ASVS 10.7.</summary>
public sealed class ConsentTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await server.AddPublicClientAsync(c => c.IsFirstParty = false), new Browser(server));

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_third_party_asks_once_and_again_when_the_scope_grows()
    {
        await ReachConsentAsync(client.Authorize(("scope", "openid")));
        await browser.ClickAsync("consent-allow");
        Assert.NotNull(browser.Returned("code"));

        await browser.OpenAsync(client.Authorize(("scope", "openid")));
        Assert.NotNull(browser.Returned("code"));

        await browser.OpenAsync(client.Authorize(("scope", "openid email")));
        Assert.True(browser.Has("consent-allow"));
    }

    [Fact]
    public async Task The_first_party_is_not_asked_for_and_prompt_consent_asks_all_the_same()
    {
        var ours = await server.AddPublicClientAsync();
        await browser.OpenAsync(ours.Authorize());
        await browser.SignInAsync();
        Assert.NotNull(browser.Returned("code"));

        await browser.OpenAsync(ours.Authorize(("prompt", "consent")));
        Assert.True(browser.Has("consent-allow"));
        await browser.ClickAsync("consent-allow");
        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData("true", "Read your invoices")]
    [InlineData("false", "read:invoices")]
    public async Task Scopes_are_described_or_named_as_the_tenant_wants(string flag, string said)
    {
        await using var api = new ManagementScenario();
        using var other = new Browser(api.Server);
        var asking = await api.Server.AddPublicClientAsync(c => c.IsFirstParty = false);
        await api.Server.AddApiAsync(a => a.Scopes = [new("read:invoices", "Read your invoices")], "invoices:api");
        await api.PatchAsync(
            "tenants/settings", $$$"""{"flags":{"use_scope_descriptions_for_consent":{{{flag}}}}}""");

        await other.OpenAsync(asking.Authorize(("audience", "invoices:api"), ("scope", "openid read:invoices")));
        await other.SignInAsync();

        Assert.Contains(said, other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_who_asks_for_what_where_it_goes_and_for_how_long()
    {
        await server.AddApiAsync(
            a => a.Scopes = [new("read:appointments", "Read your appointments"), new("contacts", null)],
            "appointments:api");
        await ReachConsentAsync(
            client.Authorize(
                ("audience", "appointments:api"), ("scope", "openid email read:appointments contacts offline_access")));

        Assert.Contains("Appointments wants to access your account", browser.Text, StringComparison.Ordinal);
        Assert.Contains(TestServer.AdminEmail, browser.Text, StringComparison.Ordinal);
        Assert.Contains("See your email address", browser.Text, StringComparison.Ordinal);
        Assert.Contains("In Contacts it can Read your appointments", browser.Text, StringComparison.Ordinal);
        Assert.Contains("contacts", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Keep access while you are away", browser.Text, StringComparison.Ordinal);
        Assert.Contains("not verified by the administrator", browser.Text, StringComparison.Ordinal);
        Assert.Equal("app.example.com", browser.Page.GetElementById("recipient")!.TextContent);
    }

    /// <summary>CVE-2023-34246.</summary>
    [Fact]
    public async Task An_installed_application_without_a_secret_asks_every_time()
    {
        var native = await server.AddPublicClientAsync(c =>
        {
            c.Name = "Command line";
            c.Callbacks = ["http://127.0.0.1/callback"];
            c.AppType = AppTypes.Native;
        });
        await ReachConsentAsync(native.Authorize());
        await browser.ClickAsync("consent-allow");
        Assert.NotNull(browser.Returned("code"));

        await browser.OpenAsync(native.Authorize());
        Assert.True(browser.Has("consent-allow"));
        await browser.OpenAsync(native.Authorize(("prompt", "none")));
        Assert.Equal("consent_required", browser.Returned("error"));
    }

    [Fact]
    public async Task Denying_notifies_the_application_and_stores_nothing()
    {
        await ReachConsentAsync(client.Authorize());
        await browser.ClickAsync("consent-deny");

        Assert.Equal("access_denied", browser.Returned("error"));
        Assert.Empty(await ConsentsAsync());
    }

    [Fact]
    public async Task A_hostile_name_is_shown_as_harmless_text()
    {
        var hostile = await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = (
            "<img src=x onerror=1>\n\"><svg onload=1> {{7*7}} \u202Egnp.\u200B" + new string('x', 10_000), false));
        await ReachConsentAsync(hostile.Authorize());

        var name = browser.Page.QuerySelector("h1 .name")!.TextContent;
        Assert.StartsWith("<img src=x onerror=1> \"><svg onload=1> {{7*7}} gnp.", name, StringComparison.Ordinal);
        Assert.True(name.Length <= 101);
        Assert.Empty(browser.Page.QuerySelectorAll("img[src=x], svg[onload]"));
    }

    [Fact]
    public async Task Other_posted_values_are_ignored()
    {
        await ReachConsentAsync(client.Authorize(("scope", "openid")));
        await browser.ClickAsync(
            "consent-allow", ("redirect_uri", "https://evil.example/"), ("scope", "openid email phone"),
            ("client_id", "evil"), ("code_challenge", "evil"), ("response_mode", "fragment"), ("audience", "evil"),
            ("state", "evil"));

        Assert.StartsWith(TestData.Callback + "?", browser.LeftTo!.ToString(), StringComparison.Ordinal);
        Assert.Equal("xyzABC123", browser.Returned("state"));
        Assert.Equal("openid", Assert.Single(await ConsentsAsync()).GrantedScopes.ToString());
    }

    [Fact]
    public async Task Another_account_that_signed_in_meanwhile_or_is_chosen_is_asked_itself()
    {
        await server.AddUserAsync("grace@example.com", "a password of Grace");
        await ReachConsentAsync(client.Authorize());
        using var grace = new Browser(server);
        await grace.OpenAsync(client.Authorize());
        await grace.SignInAsync("grace@example.com", "a password of Grace");
        browser.SetCookie("sid", grace.Cookies["sid"]);

        await browser.ClickAsync("consent-allow");

        Assert.Null(browser.LeftTo);
        Assert.Contains("grace@example.com", browser.Text, StringComparison.Ordinal);
        Assert.Empty(await ConsentsAsync());

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync("consent-another");
        await browser.SignInAsync();
        Assert.Equal("/u/consent", browser.Url.AbsolutePath);
        Assert.Contains(TestServer.AdminEmail, browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_of_one_session_is_none_in_another()
    {
        await server.AddUserAsync("mary@example.com", "a password of Mary");
        using var mary = new Browser(server);
        await mary.OpenAsync(client.Authorize());
        await mary.SignInAsync("mary@example.com", "a password of Mary");
        await ReachConsentAsync(client.Authorize());
        using var http = server.NewHttp();
        using var allowed = await http.SendAsync(browser.Submission("consent-allow")());

        await mary.OpenAsync(allowed.Headers.Location!.OriginalString);

        Assert.Equal((null, "/u/consent"), (mary.LeftTo, mary.Url.AbsolutePath));
    }

    [Fact]
    public async Task Without_a_session_the_login_comes_first()
    {
        await ReachConsentAsync(client.Authorize());
        browser.SetCookie("sid", null);

        await browser.ClickAsync("consent-allow");

        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        Assert.Empty(await ConsentsAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task No_other_method_agrees_to_anything(string method)
    {
        await ReachConsentAsync(client.Authorize());
        await browser.OpenAsync(browser.Url.PathAndQuery + "&action=allow&handler=allow", new HttpMethod(method));

        Assert.Equal(method is "GET" or "HEAD" ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed, browser.Status);
        Assert.Empty(await ConsentsAsync());
    }

    private async Task ReachConsentAsync(string url)
    {
        await browser.OpenAsync(url);
        await browser.SignInAsync();
        Assert.Equal("/u/consent", browser.Url.AbsolutePath);
    }

    private Task<List<Core.Model.Authorization>> ConsentsAsync() =>
        server.WithAsync<AuthDbContext, List<Core.Model.Authorization>>(
            db => db.Consents.AsNoTracking().Where(consent => consent.ClientId == client.ClientId).ToListAsync());
}
