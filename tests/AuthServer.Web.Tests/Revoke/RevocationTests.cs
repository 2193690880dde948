using System.Net;
using System.Text;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Tests.Revoke;

/// <summary>RFC 7009.</summary>
public sealed class RevocationTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    private static (string Name, string? Value)[] Administrator =>
        [("client_id", TestServer.ClientId), ("client_secret", TestServer.ClientSecret)];

    private (string Name, string? Value)[] ManagementRequest =>
        [.. Administrator, ("grant_type", "client_credentials"), ("audience", server.Issuer.Value + "api/v2/")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revoked_refresh_token_takes_its_grant_along(bool isPublic)
    {
        var client = isPublic ? await server.AddPublicClientAsync() : await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");

        var answer = await RevokeAsync(client, tokens["refresh_token"]);

        Assert.Equal((HttpStatusCode.OK, default), (answer.Status, answer.Json.ValueKind));
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, tokens["refresh_token"])).Error);
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    [Fact]
    public async Task The_empty_response_has_a_media_type()
    {
        var client = await server.AddPublicClientAsync();
        using var http = server.NewHttp();
        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("client_id", client.ClientId), KeyValuePair.Create("token", "unknown")]);

        using var response = await http.PostAsync("/oauth/revoke", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("nonsense")]
    public async Task An_opaque_access_token_is_dead_whatever_the_hint_says(string? hint)
    {
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");

        await RevokeAsync(client, tokens["access_token"], ("token_type_hint", hint));

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(client, tokens["refresh_token"])).Status);
    }

    [Fact]
    public async Task A_jwt_access_token_is_dead_at_this_servers_own_endpoints()
    {
        var api = await server.AddApiAsync();
        var client = await server.AddClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid read:contacts", api.Identifier))["access_token"];

        await RevokeAsync(client, token);

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(token)).Error);
    }

    [Fact]
    public async Task A_revoked_jwt_stays_dead_until_it_expires()
    {
        var api = await server.AddApiAsync(identifier: "https://revoked.example.com/");
        var client = await server.AddClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid", api.Identifier))["access_token"];
        await RevokeAsync(client, token);

        server.Time.Advance(TimeSpan.FromHours(23));
        await server.WithAsync<ExpiredRows, int>(rows =>
            rows.RemoveAsync(server.Time.GetUtcNow(), CancellationToken.None));

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(token)).Error);
    }

    [Fact]
    public async Task A_jwt_dies_with_its_authorization_whatever_else_its_user_agreed_to()
    {
        var api = await server.AddApiAsync(identifier: "https://one.example.com/");
        var other = await server.AddApiAsync(identifier: "https://two.example.com/");
        var (client, user) = (await server.AddClientAsync(), await server.AdministratorAsync());
        var consent = new NewConsent(user.UserId, user.UserId, client, api.Identifier, Core.Scopes.Of(["openid"]));
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access", api.Identifier);
        await oauth.GetTokensAsync(client, "openid", other.Identifier);
        await oauth.GetTokensAsync(await server.AddClientAsync(), "openid", api.Identifier);
        await server.WithAsync<IConsentStore, int>(async consents =>
        {
            await consents.AddAsync(consent, server.Time.GetUtcNow(), CancellationToken.None);
            return 0;
        });
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(tokens["access_token"])).Status);

        await RevokeAsync(client, tokens["refresh_token"]);
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await oauth.GetTokensAsync(client, "openid", api.Identifier);

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    [Fact]
    public async Task A_blocked_users_token_can_be_revoked()
    {
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);

        await RevokeAsync(client, tokens["refresh_token"]);
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    [Theory]
    [InlineData("GET", "clients", null)]
    [InlineData("PATCH", "tenants/settings", """{"friendly_name":"Taken"}""")]
    public async Task A_revoked_token_no_longer_opens_the_Management_API(string method, string path, string? body)
    {
        var token = (await ManagementTokenAsync())["access_token"];
        var before = await CallAsync();

        await oauth.PostAsync("/oauth/revoke", [.. Administrator, ("token", token)]);
        var after = await CallAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.Status, after.Status));
        Assert.Equal("Invalid token", after["message"]);

        Task<Answer> CallAsync() => oauth.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/v2/" + path)
        {
            Headers = { Authorization = new("Bearer", token) },
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        });
    }

    [Fact]
    public async Task A_revoked_token_that_is_bound_to_a_key_no_longer_opens_the_Management_API()
    {
        using var caller = new DpopCaller(server);
        var token = (await caller.PostAsync("/oauth/token", ManagementRequest))["access_token"]!;
        var before = await caller.GetAsync("/api/v2/clients", token);

        await oauth.PostAsync("/oauth/revoke", [.. Administrator, ("token", token)]);
        var after = await caller.GetAsync("/api/v2/clients", token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.Status, after.Status));
        Assert.Equal("Invalid token", after["message"]);
    }

    [Fact]
    public async Task A_revocation_of_one_Management_API_token_leaves_the_others()
    {
        var revoked = (await ManagementTokenAsync())["access_token"];
        var other = (await ManagementTokenAsync())["access_token"];

        await oauth.PostAsync("/oauth/revoke", [.. Administrator, ("token", revoked)]);

        using var message = new HttpRequestMessage(HttpMethod.Get, "/api/v2/clients");
        message.Headers.Authorization = new("Bearer", other);
        Assert.Equal(HttpStatusCode.OK, (await oauth.SendAsync(message)).Status);
    }

    [Fact]
    public async Task Unknown_tokens_and_those_of_others_are_answered_alike_and_live_on()
    {
        var (owner, thief) = (await server.AddClientAsync(), await server.AddClientAsync());
        var tokens = await oauth.GetTokensAsync(owner, "openid offline_access");

        foreach (var token in (string?[])["unknown", tokens["refresh_token"], tokens["access_token"]])
            Assert.Equal(HttpStatusCode.OK, (await RevokeAsync(thief, token)).Status);

        Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(owner, tokens["refresh_token"])).Status);
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(tokens["access_token"])).Status);
    }

    [Fact]
    public async Task Json_is_read_too_and_a_confidential_client_must_authenticate()
    {
        var client = await server.AddClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid offline_access"))["refresh_token"];

        var refused = await oauth.PostAsync("/oauth/revoke", ("client_id", client.ClientId), ("token", token));
        var done = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/oauth/revoke")
            {
                Content = new StringContent(
                    $$"""
                    {"client_id":"{{client.ClientId}}","client_secret":"{{TestData.Secret}}","token":"{{token}}"}
                    """,
                    Encoding.UTF8,
                    "application/json"),
            });

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (refused.Status, refused.Error));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task A_missing_token_is_an_invalid_request()
    {
        Assert.Equal("invalid_request", (await RevokeAsync(await server.AddClientAsync(), null)).Error);
    }

    /// <summary>Two tokens of one second are the same: they have no <c>jti</c>.</summary>
    private Task<Answer> ManagementTokenAsync()
    {
        server.Time.Advance(TimeSpan.FromSeconds(1));
        return oauth.PostAsync("/oauth/token", ManagementRequest);
    }

    private Task<Answer> RevokeAsync(Client client, string? token, params (string, string?)[] more) =>
        oauth.PostAsync(
            "/oauth/revoke",
            [
                ("client_id", client.ClientId),
                ("client_secret", client.IsPublic ? null : TestData.Secret),
                ("token", token),
                .. more,
            ]);
}
