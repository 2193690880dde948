using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Logs;

/// <summary>Events of the token and revocation endpoints.</summary>
public sealed class TokenEventTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private OAuth oauth = null!;
    private Client client = null!;
    private User ada = null!;

    public async ValueTask InitializeAsync()
    {
        oauth = new OAuth(server);
        await server.AddApiAsync();
        client = await server.AddClientAsync(c =>
            (c.Name, c.GrantTypes) = (
                "Appointments", ["authorization_code", "refresh_token", "client_credentials", "password"]));
        await server.AddClientGrantAsync(client.ClientId, TestData.Api, "read:items");
        await server.ChangeSettingsAsync(settings => settings.DefaultDirectory = Core.Model.Connection.DefaultDatabase);
        ada = await server.AdministratorAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_code_is_exchanged_and_its_refresh_token_too()
    {
        var events = await server.EventsOfAsync(async () =>
            await oauth.RefreshAsync(
                client, (await oauth.GetTokensAsync(client, "openid offline_access", TestData.Api))["refresh_token"]));

        Assert.Equal(["seacft", "sertft"], events.Types());
        Assert.All(
            events,
            e =>
                Assert.Equal(
                    (client.ClientId, "Appointments", ada.UserId, ada.Email, TestData.Api, "openid offline_access"),
                    (e.ClientId, e.ClientName, e.UserId, e.UserName, e.Audience, e.Scope)));
        Assert.All(
            events,
            e => Assert.Equal(("127.0.0.1", server.Issuer.Host, server.Time.GetUtcNow()), (e.Ip, e.Hostname, e.Date)));
    }

    [Fact]
    public async Task A_machine_gets_a_token_or_is_refused()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await oauth.TokenAsync(client, ("grant_type", "client_credentials"), ("audience", TestData.Api));
            await oauth.TokenAsync(
                client, ("grant_type", "client_credentials"), ("audience", "https://nobody.example"));
        });

        Assert.Equal(["seccft", "feccft"], events.Types());
        Assert.Null(events[0].UserId);
        Assert.Equal(
            (client.ClientId, "https://nobody.example", "Service not found: https://nobody.example"),
            (events[1].ClientId, events[1].Audience, events[1].Description));
        Assert.Equal("access_denied", JsonNode.Parse(events[1].Details!)!["error"]!["oauthError"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_password_is_a_login_and_an_exchange()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await PasswordAsync(TestServer.AdminEmail, TestServer.AdminPassword);
            await PasswordAsync(TestServer.AdminEmail, "wrong");
            await PasswordAsync("nobody@example.com", "wrong");
        });

        Assert.Equal(["s", "sepft", "fp", "fepft", "fu", "fepft"], events.Types());
        Assert.Equal((ada.UserId, client.ClientId), (events[2].UserId, events[2].ClientId));
        Assert.Equal((null, "nobody@example.com"), (events[4].UserId, events[4].UserName));
    }

    /// <summary>A password in the field of the name is one all the same.</summary>
    [Fact]
    public async Task An_unknown_name_is_logged_only_when_it_is_an_address()
    {
        var failed = (await server.EventsOfAsync(() => PasswordAsync("correct horse battery staple", "x"))).First();

        Assert.Equal(("fu", null), (failed.Type, failed.UserName));
    }

    [Fact]
    public async Task Codes_and_tokens_that_are_none_are_failures()
    {
        var events = await server.EventsOfAsync(async () =>
        {
            await oauth.RedeemAsync(client, "no-code");
            await oauth.RefreshAsync(client, "no-token");
            await oauth.TokenAsync(client, ("grant_type", "urn:example:unheard-of"));
        });

        Assert.Equal(["feacft", "fertft", "fapi"], events.Types());
        Assert.DoesNotContain(events, e => $"{e.Description}{e.Details}".Contains("no-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_that_comes_back_names_whose_it_was()
    {
        var code = await oauth.CodeAsync(client);
        await oauth.RedeemAsync(client, code);

        var replayed = Assert.Single(await server.EventsOfAsync(() => oauth.RedeemAsync(client, code)));

        Assert.Equal(("feacft", ada.UserId, client.ClientId), (replayed.Type, replayed.UserId, replayed.ClientId));
    }

    [Fact]
    public async Task A_refresh_token_that_comes_back_is_an_alarm()
    {
        var first = (await oauth.GetTokensAsync(client, "openid offline_access", TestData.Api))["refresh_token"];
        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId,
            c => c.RefreshTokens = RefreshTokenPolicy.ForPublic with { Leeway = 0 });
        await oauth.RefreshAsync(client, first);

        var reused = Assert.Single(await server.EventsOfAsync(() => oauth.RefreshAsync(client, first)));

        Assert.Equal(("ferrt", ada.UserId, client.ClientId), (reused.Type, reused.UserId, reused.ClientId));
    }

    [Fact]
    public async Task A_revocation_names_whose_token_it_was_and_nothing_is_recorded_for_an_unknown_one()
    {
        var token = (await oauth.GetTokensAsync(client, "openid offline_access", TestData.Api))["refresh_token"];

        var events = await server.EventsOfAsync(async () =>
        {
            await RevokeAsync(token);
            await RevokeAsync("no-token");
        });

        Assert.Equal(
            ("srrt", ada.UserId, client.ClientId), (Assert.Single(events).Type, events[0].UserId, events[0].ClientId));
    }

    [Fact]
    public async Task Text_of_an_unauthenticated_client_is_truncated_and_readable()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 " + new string('x', 4000));
        request.Content = new StringContent(
            $$"""
            {"grant_type":"client_credentials","client_id":"{{new string('y', 3000)}}","client_secret":"z",
            "scope":"a\r\nb"}
            """,
            null,
            "application/json");

        var failed = Assert.Single(await server.EventsOfAsync(() => oauth.SendAsync(request)));

        Assert.Equal(
            ("feccft", LogEvent.MaxNameBytes, LogEvent.MaxNameBytes),
            (failed.Type, failed.UserAgent!.Length, failed.ClientId!.Length));
    }

    private Task<Answer> PasswordAsync(string name, string password) =>
        oauth.TokenAsync(client, ("grant_type", "password"), ("username", name), ("password", password));

    private Task<Answer> RevokeAsync(string? token) =>
        oauth.PostAsync(
            "/oauth/revoke", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));
}
