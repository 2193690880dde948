using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Tests.Token;

/// <summary>RFC 6749 §4.1.3 and RFC 7636 §4.5: what a code is exchanged for, and by whom.</summary>
public sealed class AuthorizationCodeTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_code_is_exchanged_for_an_opaque_access_token_and_an_id_token()
    {
        var client = await server.AddClientAsync();

        var tokens = await oauth.GetTokensAsync(client, "openid profile email");

        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(
            ["access_token", "expires_in", "id_token", "scope", "token_type"],
            tokens.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("no-store", tokens.Headers.CacheControl?.ToString());
        Assert.DoesNotContain('.', tokens["access_token"]!);
    }

    [Fact]
    public async Task The_id_token_has_the_claims_of_the_contract_and_no_others()
    {
        var client = await server.AddClientAsync(c => c.IdTokenLifetime = 600);
        var code = await oauth.CodeAsync(client, ("scope", "openid profile email"), ("nonce", "n-0S6_WzA2Mj"));

        var claims = OAuth.ClaimsOf((await oauth.RedeemAsync(client, code))["id_token"]);

        Assert.Equal(
            [
                "nickname", "name", "updated_at", "email", "email_verified", "iss", "aud", "sub", "iat", "exp", "sid",
                "nonce",
            ],
            claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(server.Issuer.Value, claims.GetProperty("iss").GetString());
        Assert.Equal(client.ClientId, claims.GetProperty("aud").GetString());
        Assert.Equal("n-0S6_WzA2Mj", claims.GetProperty("nonce").GetString());
        Assert.Equal(600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Without_a_nonce_in_the_request_the_id_token_has_none()
    {
        var client = await server.AddClientAsync();

        var claims = OAuth.ClaimsOf((await oauth.GetTokensAsync(client, "openid"))["id_token"]);

        Assert.False(claims.TryGetProperty("nonce", out _));
        Assert.False(claims.TryGetProperty("email", out _));
        Assert.False(claims.TryGetProperty("auth_time", out _));
    }

    /// <summary>RFC 6749 §4.1.2.</summary>
    [Fact]
    public async Task A_used_code_revokes_what_it_was_exchanged_for_long_after_it_expired()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);
        var tokens = await oauth.RedeemAsync(client, code);
        server.Time.Advance(TimeSpan.FromHours(1));
        await server.WithAsync<ExpiredRows, int>(
            rows => rows.RemoveAsync(server.Time.GetUtcNow(), CancellationToken.None));
        Assert.Null((await oauth.UserInfoAsync(tokens["access_token"])).Error);

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    /// <summary>OpenID Connect Dynamic Client Registration §2.</summary>
    [Fact]
    public async Task A_client_that_requires_auth_time_gets_it_without_asking()
    {
        var client = await server.AddClientAsync(c => c.RequireAuthTime = true);

        var claims = OAuth.ClaimsOf((await oauth.GetTokensAsync(client, "openid"))["id_token"]);

        Assert.True(claims.TryGetProperty("auth_time", out _));
    }

    [Fact]
    public async Task With_an_audience_the_access_token_is_a_jwt_for_the_api_and_userinfo()
    {
        var api = await server.AddApiAsync(a => { });
        var client = await server.AddClientAsync();

        var tokens = await oauth.GetTokensAsync(client, "openid read:contacts unknown:scope", api.Identifier);

        var claims = OAuth.ClaimsOf(tokens["access_token"]);
        Assert.Equal(
            ["iss", "sub", "aud", "iat", "exp", "scope", "azp"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(
            [api.Identifier, server.Issuer.UserInfo],
            claims.GetProperty("aud").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("openid read:contacts", claims.GetProperty("scope").GetString());
        Assert.Equal("JWT", OAuth.HeaderOf(tokens["access_token"]).GetProperty("typ").GetString());
        Assert.Equal("openid read:contacts", tokens["scope"]);
    }

    [Fact]
    public async Task Without_openid_the_audience_is_one_string_and_no_id_token_is_issued()
    {
        var api = await server.AddApiAsync(a => { }, "https://plain.example.com");
        var client = await server.AddClientAsync();

        var tokens = await oauth.GetTokensAsync(client, "read:contacts", api.Identifier);

        Assert.Equal(api.Identifier, OAuth.ClaimsOf(tokens["access_token"]).GetProperty("aud").GetString());
        Assert.Null(tokens["id_token"]);
    }

    [Fact]
    public async Task The_rfc9068_dialect_says_at_jwt_client_id_and_jti()
    {
        var api = await server.AddApiAsync(a => a.TokenDialect = "rfc9068_profile", "https://rfc9068.example.com");
        var client = await server.AddClientAsync();

        var token = (await oauth.GetTokensAsync(client, "read:contacts", api.Identifier))["access_token"];

        Assert.Equal("at+jwt", OAuth.HeaderOf(token).GetProperty("typ").GetString());
        Assert.Equal(
            ["iss", "sub", "aud", "iat", "exp", "scope", "client_id", "jti"],
            OAuth.ClaimsOf(token).EnumerateObject().Select(claim => claim.Name));
    }

    [Fact]
    public async Task A_code_is_redeemed_once_and_a_second_valid_use_kills_what_the_first_one_got()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("scope", "openid offline_access"));
        var first = await oauth.RedeemAsync(client, code);

        var second = await oauth.RedeemAsync(client, code);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (second.Status, second.Error));
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, first["refresh_token"])).Error);
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(first["access_token"])).Error);
    }

    [Fact]
    public async Task A_replay_with_a_wrong_verifier_revokes_nothing()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);
        var first = await oauth.RedeemAsync(client, code);

        var replay = await oauth.RedeemAsync(client, code, ("code_verifier", new string('x', 43)));

        Assert.Equal("invalid_grant", replay.Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(first["access_token"])).Status);
    }

    [Fact]
    public async Task Of_64_parallel_redemptions_one_succeeds()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => oauth.RedeemAsync(client, code)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(63, answers.Count(answer => answer.Error == "invalid_grant"));
    }

    [Fact]
    public async Task A_code_dies_after_sixty_seconds()
    {
        var client = await server.AddClientAsync();
        var (early, late) = (await oauth.CodeAsync(client), await oauth.CodeAsync(client));

        server.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await oauth.RedeemAsync(client, early)).Status);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, late)).Error);
    }

    [Fact]
    public async Task A_code_of_another_client_is_refused_and_stays_good_for_its_own()
    {
        var (owner, thief) = (await server.AddClientAsync(), await server.AddClientAsync());
        var code = await oauth.CodeAsync(owner);

        var stolen = await oauth.RedeemAsync(thief, code);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (stolen.Status, stolen.Error));
        Assert.Equal(HttpStatusCode.OK, (await oauth.RedeemAsync(owner, code)).Status);
    }

    [Theory]
    [InlineData("wrong-verifier-wrong-verifier-wrong-verifier")]
    [InlineData("short")]
    [InlineData("verifier verifier verifier verifier verifier 43")]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_verifier_that_does_not_fit_is_refused(string? verifier)
    {
        var client = await server.AddPublicClientAsync();
        var code = await oauth.CodeAsync(client);

        var answer = await oauth.RedeemAsync(client, code, ("code_verifier", verifier));

        Assert.Equal("invalid_grant", answer.Error);
        Assert.Equal("Failed to verify code verifier", answer["error_description"]);
    }

    [Theory]
    [InlineData(43, null)]
    [InlineData(128, null)]
    [InlineData(42, "invalid_grant")]
    [InlineData(129, "invalid_grant")]
    public async Task A_verifier_has_43_to_128_characters(int length, string? error)
    {
        var verifier = "-._~" + new string('v', length - 4);

        Assert.Equal(error, (await RedeemWithAsync(verifier)).Error);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("/")]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("%")]
    [InlineData("é")]
    public async Task A_verifier_has_unreserved_characters_only(string reserved)
    {
        var answer = await RedeemWithAsync(reserved + new string('v', 50));

        Assert.Equal(("invalid_grant", "Failed to verify code verifier"), (answer.Error, answer["error_description"]));
    }

    [Theory]
    [InlineData(AuthorizationCodes.MaxFailures - 1, null)]
    [InlineData(AuthorizationCodes.MaxFailures, "invalid_grant")]
    public async Task Five_wrong_verifiers_burn_the_code(int wrong, string? error)
    {
        var client = await server.AddPublicClientAsync();
        var code = await oauth.CodeAsync(client);

        for (var i = 0; i < wrong; i++)
            await oauth.RedeemAsync(client, code, ("code_verifier", new string((char)('a' + i), 43)));

        Assert.Equal(error, (await oauth.RedeemAsync(client, code)).Error);
    }

    [Fact]
    public async Task A_verifier_without_a_challenge_is_refused()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("code_challenge", null), ("code_challenge_method", null));

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RedeemAsync(client, code, ("code_verifier", null))).Status);
    }

    [Theory]
    [InlineData("https://app.example.com/callback/")]
    [InlineData("https://app.example.com/other")]
    [InlineData("https://APP.example.com/callback")]
    public async Task The_redirect_uri_must_be_the_one_of_the_request(string other)
    {
        var client = await server.AddClientAsync(
            c => c.Callbacks = [TestData.Callback, "https://app.example.com/other"]);
        var code = await oauth.CodeAsync(client);

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code, ("redirect_uri", other))).Error);
    }

    [Fact]
    public async Task Without_pkce_the_redirect_uri_can_not_be_left_out()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("code_challenge", null), ("code_challenge_method", null));

        Assert.Equal(
            "invalid_grant",
            (await oauth.RedeemAsync(client, code, ("code_verifier", null), ("redirect_uri", null))).Error);
    }

    [Fact]
    public async Task A_user_blocked_meanwhile_gets_nothing()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);

        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);
        var answer = await oauth.RedeemAsync(client, code);
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);

        Assert.Equal("invalid_grant", answer.Error);
    }

    [Fact]
    public async Task A_client_that_lost_the_grant_type_gets_unauthorized_client()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);

        await server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c => c.GrantTypes = ["refresh_token"]);
        var answer = await oauth.RedeemAsync(client, code);

        Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_client_that_lost_the_refresh_token_grant_gets_no_refresh_token()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("scope", "openid offline_access"));

        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId, c => c.GrantTypes = ["authorization_code"]);
        var answer = await oauth.RedeemAsync(client, code);

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer["refresh_token"]));
    }

    /// <summary>Redeems a code whose challenge is that of this verifier.</summary>
    private async Task<Answer> RedeemWithAsync(string verifier)
    {
        var client = await server.AddPublicClientAsync();
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var code = await oauth.CodeAsync(client, ("code_challenge", challenge));
        return await oauth.RedeemAsync(client, code, ("code_verifier", verifier));
    }
}
