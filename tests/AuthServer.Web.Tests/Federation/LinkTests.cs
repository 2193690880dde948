using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Federation;

/// <summary>Connecting identities on the account page, and what both ways in lead to; federated logout.</summary>
public sealed class LinkTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private const string Password = "a long pass phrase";
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;
    private User ada = null!;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = new Browser(scenario.Server);
        ada = await scenario.Server.AddUserAsync("lovelace@example.com", Password);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_identity_is_connected_after_a_question_and_then_opens_the_same_account()
    {
        await ConnectAsync();
        Assert.Equal("/account/connect", browser.Url.AbsolutePath);
        Assert.Contains("Connect this corp account? After that", browser.Text, StringComparison.Ordinal);
        Assert.Single((await scenario.UsersAsync()).Single().Identities);
        await browser.ClickAsync("connect-confirm");
        Assert.Equal("/account", browser.Url.AbsolutePath);
        Assert.Contains("grace@example.net", browser.Text, StringComparison.Ordinal);

        using var other = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(other);
        Assert.NotNull(other.Returned("code"));
        var user = Assert.Single(await scenario.UsersAsync());
        Assert.Equal((ada.UserId, "lovelace@example.com", 2), (user.UserId, user.Email, user.Identities.Count));
    }

    [Fact]
    public async Task Nothing_is_connected_without_the_question_or_in_another_session()
    {
        await ConnectAsync();
        var page = browser.Url;
        await browser.ClickAsync("connect-cancel");
        using var other = new Browser(scenario.Server);
        await other.OpenAsync("/account");
        await other.SignInAsync();
        await other.OpenAsync(page.PathAndQuery);

        Assert.False(other.Has("connect-confirm"));
        Assert.All(await scenario.UsersAsync(), user => Assert.Single(user.Identities));
    }

    /// <summary>Otherwise a victim would connect the attacker's account at the provider.</summary>
    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Another_site_can_t_begin_it(string site)
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(ada.Email!, Password);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/connect?connection=corp");
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var http = scenario.Server.NewHttp();
        using var answer = await http.SendAsync(request);

        Assert.Equal("/account", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_next_user_of_the_browser_does_not_finish_it()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(ada.Email!, Password);
        await browser.ClickAsync("connect-corp");
        var callback = scenario.Provider.Agree(browser.LeftTo!);
        await browser.OpenAsync("/v2/logout");
        await browser.OpenAsync("/account");
        await browser.SignInAsync();

        await browser.OpenAsync(callback);

        Assert.Equal((HttpStatusCode.BadRequest, false), (browser.Status, browser.Has("connect-confirm")));
    }

    [Fact]
    public async Task The_question_is_asked_for_ten_minutes()
    {
        await ConnectAsync();
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(10));
        await browser.ClickAsync("connect-confirm");

        Assert.All(await scenario.UsersAsync(), user => Assert.Single(user.Identities));
    }

    [Fact]
    public async Task A_user_who_signed_in_a_while_ago_authenticates_again_first()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(ada.Email!, Password);
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(6));
        await browser.OpenAsync("/account/connect?connection=corp");

        Assert.Equal(("/u/login", 0), (browser.Url.AbsolutePath, scenario.Provider.Hits("/token")));
    }

    [Fact]
    public async Task An_identity_of_another_user_is_explained_and_not_taken_over()
    {
        using var grace = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(grace);
        await ConnectAsync();
        await browser.ClickAsync("connect-confirm");

        Assert.Contains("already in use", browser.Text, StringComparison.Ordinal);
        Assert.All(await scenario.UsersAsync(), user => Assert.Single(user.Identities));
    }

    [Fact]
    public async Task A_disconnected_identity_is_a_user_of_its_own_again()
    {
        await ConnectAsync();
        await browser.ClickAsync("connect-confirm");
        Assert.False(browser.Has("disconnect-0"));
        await browser.ClickAsync("disconnect-1");

        Assert.Equal(
            [(ada.UserId, 1), ("oidc|corp|grace", 1)],
            (await scenario.UsersAsync()).Select(user => (user.UserId, user.Identities.Count)));
        using var other = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(other);
        Assert.Equal(2, (await scenario.UsersAsync()).Count);
    }

    [Fact]
    public async Task A_user_without_a_password_reaches_the_account_page_too()
    {
        await browser.OpenAsync("/account");
        await browser.ClickAsync("provider-corp");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));

        Assert.Equal((HttpStatusCode.OK, "/account"), (browser.Status, browser.Url.AbsolutePath));
        Assert.Contains("grace@example.net", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federated_logout_passes_by_the_provider_and_comes_back_to_where_it_may()
    {
        var goodbye = "https://app.example/goodbye";
        await scenario.Server.ChangeAsync<Client>(
            c => c.ClientId == scenario.Client.ClientId, c => c.AllowedLogoutUrls = [goodbye]);
        await scenario.SignInWithProviderAsync(browser);
        await browser.OpenAsync(
            $"/v2/logout?client_id={scenario.Client.ClientId}&returnTo=https://evil.example/&federated");
        Assert.Equal((HttpStatusCode.BadRequest, 1), (browser.Status, await scenario.SessionsAsync()));

        await browser.OpenAsync($"/v2/logout?client_id={scenario.Client.ClientId}&returnTo={goodbye}&federated");
        var query = ProviderScenario.QueryOf(browser.LeftTo!);
        Assert.StartsWith(scenario.Provider.Url + "/logout?", browser.LeftTo!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(
            (FakeProvider.ClientId, scenario.Server.Issuer.At("/login/logged-out"), 0),
            (query["client_id"], query["post_logout_redirect_uri"], await scenario.SessionsAsync()));
        await browser.OpenAsync($"/login/logged-out?state={query["state"]}");
        Assert.Equal(goodbye, browser.LeftTo!.OriginalString);
        await browser.OpenAsync("/login/logged-out?state=forged");
        Assert.Null(browser.LeftTo);
    }

    /// <summary>RFC 9700 §4.11.</summary>
    [Fact]
    public async Task An_unverified_client_gets_a_link_after_a_federated_logout()
    {
        const string Goodbye = "https://app.example/goodbye";
        var client = await scenario.Server.AddPublicClientAsync(c => (c.AllowedLogoutUrls, c.RedirectionPolicy) = (
            [Goodbye], RedirectionPolicies.OpenRedirectProtection));
        await scenario.SignInWithProviderAsync(browser);
        await browser.OpenAsync($"/v2/logout?client_id={client.ClientId}&returnTo={Goodbye}&federated");

        await browser.OpenAsync($"/login/logged-out?state={ProviderScenario.QueryOf(browser.LeftTo!)["state"]}");

        Assert.Null(browser.LeftTo);
        Assert.Contains("app.example", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_federated_or_with_a_password_a_logout_stays_here()
    {
        await scenario.SignInWithProviderAsync(browser);
        await browser.OpenAsync("/v2/logout");
        Assert.Null(browser.LeftTo);
        await browser.OpenAsync("/account");
        await browser.SignInAsync(ada.Email!, Password);
        await browser.OpenAsync("/v2/logout?federated");
        Assert.Null(browser.LeftTo);
    }

    private async Task ConnectAsync()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(ada.Email!, Password);
        await browser.ClickAsync("connect-corp");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));
    }
}
