using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Sessions, refresh tokens and device credentials; ASVS 7.4.5.</summary>
public sealed class SessionTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private readonly TestServer server = api.Server;
    private readonly OAuth oauth = new(api.Server);

    [Fact]
    public async Task A_session_has_the_shape_of_the_contract()
    {
        var (client, user, _, _) = await SignedInAsync();

        var listed = await api.GetAsync($"users/{Id(user)}/sessions");
        var session = listed["sessions"]!.AsArray().Single()!;
        var got = await api.GetAsync($"sessions/{session["id"]}");

        Assert.Null(listed["next"]);
        Assert.Equal(
            (user.UserId, client.ClientId),
            (got.Text("user_id"), got["clients"]![0]!["client_id"]!.GetValue<string>()));
        Assert.All(
            ["created_at", "updated_at", "authenticated_at", "idle_expires_at", "expires_at"],
            name => Assert.EndsWith("Z", got.Text(name), StringComparison.Ordinal));
        Assert.NotNull(got["device"]);
        Assert.Equal(404, (await api.GetAsync("sessions/nothing")).Status);
        Assert.Equal(404, (await api.GetAsync("users/auth0%7Cnobody/sessions")).Status);
    }

    [Fact]
    public async Task Sessions_are_read_from_a_checkpoint()
    {
        var (_, user, _, _) = await SignedInAsync();
        await server.StartSessionAsync(user);

        var first = await api.GetAsync($"users/{Id(user)}/sessions?take=1");
        var second = await api.GetAsync($"users/{Id(user)}/sessions?take=1&from={first.Text("next")}");

        Assert.Null(second["next"]);
        Assert.NotEqual(first["sessions"]![0]!["id"]!.ToString(), second["sessions"]![0]!["id"]!.ToString());
        Assert.Equal(
            2, (await api.GetAsync($"users/{Id(user)}/sessions?include_totals=true"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_refresh_token_is_shown_under_an_id_that_stays_and_dies_when_deleted()
    {
        var (client, user, _, token) = await SignedInAsync();
        var id = (await api.GetAsync($"users/{Id(user)}/refresh-tokens"))["tokens"]![0]!["id"]!.GetValue<string>();

        var rotated = (await oauth.RefreshAsync(client, token))["refresh_token"];
        var shown = await api.GetAsync($"refresh-tokens/{id}");
        Assert.Equal(
            (client.ClientId, user.UserId, true),
            (shown.Text("client_id"), shown.Text("user_id"), shown["rotating"]!.GetValue<bool>()));
        Assert.Equal("openid offline_access", shown["resource_servers"]![0]!["scopes"]!.GetValue<string>());

        Assert.Equal(202, (await api.DeleteAsync($"refresh-tokens/{id}")).Status);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, rotated)).Error);
        Assert.Equal(404, (await api.GetAsync($"refresh-tokens/{id}")).Status);
    }

    [Theory]
    [InlineData("DELETE", "users/{user}/refresh-tokens", null)]
    [InlineData("POST", "refresh-tokens/revoke", """{"user_id":"{user}"}""")]
    [InlineData("POST", "users/{user}/revoke-access", "{}")]
    [InlineData("POST", "sessions/{sid}/revoke", null)]
    [InlineData("DELETE", "device-credentials/{token}", null)]
    public async Task Each_way_to_revoke_ends_only_this_user_s_tokens(
        string method, string path, string? body)
    {
        var (client, user, sid, token) = await SignedInAsync();
        var (other, _, _, otherToken) = await SignedInAsync();
        var listed = (await api.GetAsync($"device-credentials?user_id={Id(user)}&type=refresh_token")).List;
        path = path.Replace("{user}", Id(user), StringComparison.Ordinal)
            .Replace("{sid}", sid, StringComparison.Ordinal)
            .Replace("{token}", listed.Single()!["id"]!.ToString(), StringComparison.Ordinal);

        var answer = await api.SendAsync(
            new HttpMethod(method), path, body?.Replace("{user}", user.UserId, StringComparison.Ordinal));

        Assert.InRange(answer.Status, 202, 204);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
        Assert.Null((await oauth.RefreshAsync(other, otherToken)).Error);
    }

    [Fact]
    public async Task Access_can_be_revoked_while_the_tokens_live_on()
    {
        var (client, user, sid, token) = await SignedInAsync();

        Assert.Equal(
            202,
            (
                await api.PostAsync(
                    $"users/{Id(user)}/revoke-access",
                    $$"""{"session_id":"{{sid}}","preserve_refresh_tokens":true}"""
                )).Status);

        Assert.Equal(404, (await api.GetAsync($"sessions/{sid}")).Status);
        Assert.Null((await oauth.RefreshAsync(client, token)).Error);
    }

    [Theory]
    [InlineData("delete:sessions", """{}""", 403)]
    [InlineData("delete:refresh_tokens", """{"preserve_refresh_tokens":true}""", 403)]
    [InlineData("delete:sessions", """{"preserve_refresh_tokens":true}""", 202)]
    public async Task What_is_revoked_needs_its_scope(string scope, string body, int status)
    {
        var (_, user, _, _) = await SignedInAsync();

        var answer = await api.WithScopesAsync(scope, a => a.PostAsync($"users/{Id(user)}/revoke-access", body));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task An_empty_body_does_not_revoke_the_tokens_of_all_users() =>
        Assert.Equal(400, (await api.PostAsync("refresh-tokens/revoke")).Status);

    private static string Id(User user) => Uri.EscapeDataString(user.UserId);

    private async Task<(Client Client, User User, string Sid, string RefreshToken)> SignedInAsync()
    {
        var client = await server.AddPublicClientAsync();
        var user = await server.AddUserAsync($"{Guid.CreateVersion7()}@example.com", "a long pass phrase");
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("scope", "openid offline_access")), await server.StartSessionAsync(user));
        var issued = await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]);
        return (client,
            user,
            OAuth.ClaimsOf(issued["id_token"]).GetProperty("sid").GetString()!,
            issued["refresh_token"]!);
    }
}
