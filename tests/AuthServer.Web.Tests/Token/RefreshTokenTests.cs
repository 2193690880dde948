using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Token;

/// <summary>
/// RFC 6749 §6, RFC 9700 §4.14.2 and docs/decisions/0003-refresh-tokens-keep-their-successor.md: rotation,
/// leeway, reuse, and the ends of a refresh token.
/// </summary>
public sealed class RefreshTokenTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Offline = "openid offline_access";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    private Task<Client> RotatingAsync(int leeway) =>
        server.AddClientAsync(c => c.RefreshTokens = new RefreshTokenPolicy { Rotating = true, Leeway = leeway });

    private async Task<string?> FirstAsync(Client client) =>
        (await oauth.GetTokensAsync(client, Offline))["refresh_token"];

    [Fact]
    public async Task A_token_that_does_not_rotate_goes_on_working_and_is_not_sent_again()
    {
        var client = await server.AddClientAsync();
        var token = await FirstAsync(client);

        var answers = new[] { await oauth.RefreshAsync(client, token), await oauth.RefreshAsync(client, token) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.Equal(
            ["access_token", "expires_in", "id_token", "scope", "token_type"],
            answer.Json.EnumerateObject().Select(member => member.Name).Order()));
    }

    [Fact]
    public async Task A_refreshed_id_token_keeps_subject_and_session_and_drops_the_nonce()
    {
        var client = await server.AddClientAsync();
        var first = await oauth.RedeemAsync(
            client, await oauth.CodeAsync(client, ("scope", Offline), ("nonce", "once"), ("max_age", "600")));
        server.Time.Advance(TimeSpan.FromSeconds(5));

        var (before, after) = (
            OAuth.ClaimsOf(first["id_token"]),
            OAuth.ClaimsOf((await oauth.RefreshAsync(client, first["refresh_token"]))["id_token"]));

        foreach (var claim in (string[])["sub", "sid", "aud", "iss", "auth_time"])
            Assert.Equal(before.GetProperty(claim).ToString(), after.GetProperty(claim).ToString());
        Assert.False(after.TryGetProperty("nonce", out _));
        Assert.True(after.GetProperty("iat").GetInt64() > before.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task A_connection_that_was_taken_from_the_client_ends_refreshing()
    {
        var client = await server.AddClientAsync();
        var token = await FirstAsync(client);

        await server.WithAsync<AuthDbContext, int>(db =>
            db.ConnectionClients.Where(enabled => enabled.ClientId == client.ClientId).ExecuteDeleteAsync());

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Theory]
    [InlineData(10, 11)]
    [InlineData(0, 0)]
    public async Task Reuse_after_the_leeway_revokes_the_whole_grant(int leeway, int seconds)
    {
        var client = await RotatingAsync(leeway);
        var first = await FirstAsync(client);
        var second = (await oauth.RefreshAsync(client, first))["refresh_token"];

        server.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, first)).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, second)).Error);
    }

    [Fact]
    public async Task Within_the_leeway_a_lost_answer_is_given_again_with_the_same_child()
    {
        var client = await RotatingAsync(leeway: 10);
        var first = await FirstAsync(client);
        var second = (await oauth.RefreshAsync(client, first))["refresh_token"];

        server.Time.Advance(TimeSpan.FromSeconds(9));
        var again = await oauth.RefreshAsync(client, first);

        Assert.Equal(second, again["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(client, second)).Status);
    }

    [Fact]
    public async Task A_grandparent_is_reuse_even_within_the_leeway()
    {
        var client = await RotatingAsync(leeway: 30);
        var first = await FirstAsync(client);
        var second = (await oauth.RefreshAsync(client, first))["refresh_token"];
        var third = (await oauth.RefreshAsync(client, second))["refresh_token"];

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, first)).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, third)).Error);
    }

    [Fact]
    public async Task Of_64_parallel_rotations_without_leeway_one_succeeds()
    {
        var client = await RotatingAsync(leeway: 0);
        var token = await FirstAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => oauth.RefreshAsync(client, token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(63, answers.Count(answer => answer.Error == "invalid_grant"));
    }

    [Fact]
    public async Task Parallel_rotations_within_the_leeway_all_get_the_one_child()
    {
        var client = await RotatingAsync(leeway: 30);
        var token = await FirstAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => oauth.RefreshAsync(client, token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers.Select(answer => answer["refresh_token"]).Distinct());
    }

    [Fact]
    public async Task The_scope_can_be_narrowed_and_not_widened()
    {
        var client = await server.AddClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid profile offline_access"))["refresh_token"];

        Assert.Equal("openid", (await oauth.RefreshAsync(client, token, ("scope", "openid")))["scope"]);
        Assert.Equal("openid profile offline_access", (await oauth.RefreshAsync(client, token))["scope"]);
        var widened = await oauth.RefreshAsync(client, token, ("scope", "openid email"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), (widened.Status, widened.Error));
    }

    [Fact]
    public async Task Another_clients_token_is_refused_and_lives_on()
    {
        var (owner, thief) = (await RotatingAsync(leeway: 0), await server.AddClientAsync());
        var token = await FirstAsync(owner);

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(thief, token)).Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(owner, token)).Status);
    }

    [Fact]
    public async Task An_unknown_token_says_what_sdks_look_for()
    {
        var client = await server.AddClientAsync();

        var answer = await oauth.RefreshAsync(client, "nobody-issued-this");

        Assert.Equal("Unknown or invalid refresh token.", answer["error_description"]);
    }

    [Fact]
    public async Task A_token_dies_of_idleness()
    {
        var client = await server.AddPublicClientAsync(c =>
            c.RefreshTokens = RefreshTokenPolicy.ForPublic with { IdleTokenLifetime = 3600 });
        var token = await FirstAsync(client);

        server.Time.Advance(TimeSpan.FromSeconds(3601));

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task Each_use_of_a_token_that_does_not_rotate_begins_its_idle_time_anew()
    {
        var client = await server.AddClientAsync(c =>
            c.RefreshTokens = new RefreshTokenPolicy { IdleTokenLifetime = 3600 });
        var token = await FirstAsync(client);
        for (var use = 0; use < 2; use++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(3000));
            Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(client, token)).Status);
        }

        server.Time.Advance(TimeSpan.FromSeconds(3600));

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task A_rotated_token_is_reuse_after_its_own_end_too()
    {
        var client = await server.AddPublicClientAsync(c =>
            c.RefreshTokens = RefreshTokenPolicy.ForPublic with { IdleTokenLifetime = 3600 });
        var first = await FirstAsync(client);
        server.Time.Advance(TimeSpan.FromSeconds(3000));
        var second = (await oauth.RefreshAsync(client, first))["refresh_token"];
        server.Time.Advance(TimeSpan.FromSeconds(3000));

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, first)).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, second)).Error);
    }

    [Fact]
    public async Task Rotation_does_not_move_the_absolute_end()
    {
        var client = await server.AddPublicClientAsync(c =>
            c.RefreshTokens = RefreshTokenPolicy.ForPublic with
            {
                TokenLifetime = 3 * 86_400,
                IdleTokenLifetime = 2 * 86_400,
            });
        var token = await FirstAsync(client);
        for (var day = 0; day < 2; day++)
        {
            server.Time.Advance(TimeSpan.FromDays(1));
            token = (await oauth.RefreshAsync(client, token))["refresh_token"];
        }

        server.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task A_blocked_user_gets_no_new_tokens()
    {
        var client = await server.AddClientAsync();
        var token = await FirstAsync(client);

        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);
        var answer = await oauth.RefreshAsync(client, token);
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);

        Assert.Equal("invalid_grant", answer.Error);
    }

    [Fact]
    public async Task A_scope_that_the_api_dropped_is_gone_at_the_next_refresh()
    {
        var api = await server.AddApiAsync(identifier: "https://dropping.example.com");
        var client = await server.AddClientAsync();
        var token = (await oauth.GetTokensAsync(client, "read:contacts write:contacts offline_access", api.Identifier))[
            "refresh_token"
        ];

        await server.ChangeAsync<ResourceServer>(
            a => a.Id == api.Id,
            a => (a.Scopes, a.AllowOfflineAccess) = ([new ApiScope("read:contacts", null)], false));

        Assert.Equal("read:contacts", (await oauth.RefreshAsync(client, token))["scope"]);
    }

    [Fact]
    public async Task Another_audience_is_refused()
    {
        var client = await server.AddClientAsync();
        var token = await FirstAsync(client);

        Assert.Equal(
            "invalid_target",
            (await oauth.RefreshAsync(client, token, ("audience", "https://elsewhere.example.com"))).Error);
    }

    [Theory]
    [InlineData("openid", true, true)]
    [InlineData("openid offline_access", false, true)]
    [InlineData("openid offline_access", true, false)]
    public async Task There_is_a_refresh_token_only_when_asked_for_and_allowed_on_both_sides(
        string scope, bool apiAllows, bool clientMay)
    {
        var api = await server.AddApiAsync(
            a => a.AllowOfflineAccess = apiAllows,
            $"https://offline-{scope.Length}-{apiAllows}-{clientMay}.example.com");
        var client = await server.AddClientAsync(c =>
            c.GrantTypes = clientMay ? ["authorization_code", "refresh_token"] : ["authorization_code"]);

        var tokens = await oauth.GetTokensAsync(client, scope, api.Identifier);

        Assert.Null(tokens["refresh_token"]);
        Assert.Equal("openid", tokens["scope"]);
    }

    [Fact]
    public async Task The_access_token_of_a_refresh_says_so()
    {
        var api = await server.AddApiAsync(identifier: "https://gty.example.com");
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "read:contacts offline_access", api.Identifier);

        var refreshed = await oauth.RefreshAsync(client, tokens["refresh_token"]);
        var claims = OAuth.ClaimsOf(refreshed["access_token"]);

        Assert.Equal("refresh_token", claims.GetProperty("gty").GetString());
    }
}
