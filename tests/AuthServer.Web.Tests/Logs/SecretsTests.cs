using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Logs;

/// <summary>The audit log has nothing with which its readers could sign in.</summary>
public sealed class SecretsTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private readonly ManagementScenario api = new();
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);
    private OAuth oauth = null!;

    public ValueTask InitializeAsync()
    {
        oauth = new OAuth(api.Server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task No_secret_of_a_journey_is_in_the_log()
    {
        await api.Server.AddApiAsync();
        var client = await api.Server.AddClientAsync();
        using var browser = new Browser(api.Server);

        await SignUpAsync(browser, client);
        await ExchangeAsync(browser, client);
        await ResetAsync(browser, client);
        await AdministrateAsync();

        var log = string.Join('\n', (await api.Server.EventsAsync()).Select(e => e.ToString()));
        Assert.True(secrets.Count > 15, string.Join(' ', secrets));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
        Assert.Contains(Address, log, StringComparison.Ordinal);
    }

    private async Task SignUpAsync(Browser browser, Client client)
    {
        await browser.OpenAsync(
            client.Authorize(
                ("scope", "openid offline_access"),
                ("audience", TestData.Api),
                ("screen_hint", "signup"),
                ("nonce", Secret("a-nonce-of-the-client")),
                ("state", Secret("a-state-of-the-client"))));
        NoteUrl(browser);
        await browser
            .Fill("username", Address)
            .Fill("password", Secret("canary password one"))
            .ClickAsync("signup-submit");
        var ticket = (await api.Server.EmailToAsync(Address)).LinkOf();
        Secret(ticket.Split("ticket=")[1]);
        using var other = new Browser(api.Server);
        await other.OpenAsync(ticket);
        await other.ClickAsync("verify-submit");
        await other.OpenAsync(ticket);
    }

    private async Task ExchangeAsync(Browser browser, Client client)
    {
        Secret(browser.Cookies["sid"]);
        var code = Secret(browser.Returned("code")!);
        await oauth.TokenAsync(
            client,
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.Callbacks[0]),
            ("code_verifier", Secret("a-wrong-verifier-that-is-long-enough-for-rfc-7636-01234")));
        var issued = await oauth.TokenAsync(
            client,
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.Callbacks[0]),
            ("code_verifier", Secret(OAuth.Verifier)));
        var refreshed = await oauth.RefreshAsync(client, Secret(issued["refresh_token"]!));
        foreach (var name in (string[])["access_token", "id_token", "refresh_token"])
            Secret((refreshed[name] ?? issued[name])!);
        await oauth.PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", client.ClientId),
            ("client_secret", Secret("a-wrong-client-secret")));
        await oauth.PostAsync(
            "/oauth/revoke",
            ("client_id", client.ClientId),
            ("client_secret", Secret(TestData.Secret)),
            ("token", issued["refresh_token"]));
        await oauth.RefreshAsync(client, issued["refresh_token"]);
    }

    private async Task ResetAsync(Browser browser, Client client)
    {
        await browser.OpenAsync("/oidc/logout");
        await browser.ClickAsync("logout-confirm");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(Secret("canary typed into the name"), Secret("canary password typed"));
        await browser.SignInAsync(Address, Secret("canary password two"));
        api.Server.Time.Advance(TimeSpan.FromMinutes(2));
        await browser.ClickAsync("forgot-link");
        await browser.Fill("username", Address).ClickAsync("forgot-submit");
        var link = (await api.Server.EmailToAsync(Address, after: 1)).LinkOf();
        Secret(link.Split("ticket=")[1]);
        await browser.OpenAsync(link);
        await browser.Fill("password", Secret("canary password three")).ClickAsync("reset-submit");
    }

    private async Task AdministrateAsync()
    {
        var created = await api.PostAsync(
            "clients",
            """{"name":"Canary","client_metadata":{"note":"canary-in-a-body"}}"""
        );
        Secret(created.Text("client_secret"));
        Secret("canary-in-a-body");
        Secret((await api.PostAsync($"clients/{created.Text("client_id")}/rotate-secret")).Text("client_secret"));
        await api.PostAsync(
            "users",
            $$"""
            {"connection":"Username-Password-Authentication","email":"other@example.com",
            "password":"{{Secret("canary password four")}}"}
            """
        );
        await api.SendAsync(HttpMethod.Delete, "clients/x", token: Secret("canary-bearer-token"));
    }

    private void NoteUrl(Browser browser) => Secret(browser.Url.Query.Split("state=")[1].Split('&')[0]);

    private string Secret(string secret)
    {
        secrets.Add(secret);
        return secret;
    }
}
