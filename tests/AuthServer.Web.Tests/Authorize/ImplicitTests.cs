using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>RFC 6749 §4.2 and OpenID Connect Core §3.2 and §3.3: tokens from the authorization endpoint.</summary>
public sealed class ImplicitTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Theory]
    [InlineData("token", "access_token,expires_in,token_type,state,iss")]
    [InlineData("id_token", "id_token,state,iss")]
    [InlineData("id_token token", "access_token,expires_in,token_type,id_token,state,iss")]
    [InlineData("token id_token", "access_token,expires_in,token_type,id_token,state,iss")]
    [InlineData("code id_token", "code,id_token,state,iss")]
    [InlineData("code token", "code,access_token,expires_in,token_type,state,iss")]
    [InlineData("code id_token token", "code,access_token,expires_in,token_type,id_token,state,iss")]
    [InlineData("token code id_token", "code,access_token,expires_in,token_type,id_token,state,iss")]
    public async Task The_answer_is_what_was_asked_for_in_the_fragment(string type, string members)
    {
        using var answer = await AskAsync(await ClientAsync(), type);

        Assert.StartsWith(TestData.Callback + "#", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(members.Split(',').Order(), OAuth.Redirected(answer).Keys.Order());
    }

    [Fact]
    public async Task The_id_token_is_bound_to_what_came_along()
    {
        using var answer = await AskAsync(await ClientAsync(), "code id_token token");
        var sent = OAuth.Redirected(answer);

        var claims = OAuth.ClaimsOf(sent["id_token"]);
        Assert.Equal(LeftHalf(sent["access_token"]), claims.GetProperty("at_hash").GetString());
        Assert.Equal(LeftHalf(sent["code"]), claims.GetProperty("c_hash").GetString());
        Assert.Equal("n-1", claims.GetProperty("nonce").GetString());
        Assert.Equal(TestServer.AdminEmail, claims.GetProperty("email").GetString());
    }

    [Fact]
    public async Task An_id_token_without_other_tokens_is_bound_to_nothing_and_has_the_profile()
    {
        using var answer = await AskAsync(await ClientAsync(), "id_token");

        var claims = OAuth.ClaimsOf(OAuth.Redirected(answer)["id_token"]);
        Assert.False(claims.TryGetProperty("at_hash", out _));
        Assert.False(claims.TryGetProperty("c_hash", out _));
        Assert.Equal(TestServer.AdminEmail, claims.GetProperty("email").GetString());
    }

    [Fact]
    public async Task The_code_of_a_hybrid_answer_is_redeemed_with_the_same_user_and_nonce()
    {
        var client = await ClientAsync();
        using var answer = await AskAsync(client, "code id_token");
        var sent = OAuth.Redirected(answer);

        var tokens = await oauth.RedeemAsync(client, sent["code"]);

        var (front, back) = (OAuth.ClaimsOf(sent["id_token"]), OAuth.ClaimsOf(tokens["id_token"]));
        Assert.Equal(front.GetProperty("sub").GetString(), back.GetProperty("sub").GetString());
        Assert.Equal("n-1", back.GetProperty("nonce").GetString());
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(tokens["access_token"])).Status);
    }

    [Fact]
    public async Task The_opaque_token_works_at_userinfo()
    {
        using var answer = await AskAsync(await ClientAsync(), "token");

        Assert.Equal(
            TestServer.AdminEmail, (await oauth.UserInfoAsync(OAuth.Redirected(answer)["access_token"]))["email"]);
    }

    [Fact]
    public async Task A_token_for_an_api_lives_as_long_as_the_api_says_for_the_web()
    {
        await server.AddApiAsync(identifier: "https://implicit.example.com");
        using var answer = await AskAsync(
            await ClientAsync(),
            "id_token token",
            ("audience", "https://implicit.example.com"),
            ("scope", "openid read:contacts nothing:known"));

        var sent = OAuth.Redirected(answer);
        var claims = OAuth.ClaimsOf(sent["access_token"]);
        Assert.Equal("7200", sent["expires_in"]);
        Assert.Equal(7200, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal("openid read:contacts", sent["scope"]);
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(sent["access_token"])).Status);
    }

    [Fact]
    public async Task Nothing_of_it_refreshes()
    {
        using var answer = await AskAsync(await ClientAsync(), "id_token token", ("scope", "openid offline_access"));

        var sent = OAuth.Redirected(answer);
        Assert.Equal("openid", sent["scope"]);
        Assert.DoesNotContain("refresh_token", sent.Keys);
    }

    [Theory]
    [InlineData("id_token")]
    [InlineData("id_token token")]
    [InlineData("code id_token")]
    [InlineData("code id_token token")]
    public async Task An_id_token_from_here_needs_a_nonce(string type)
    {
        using var answer = await AskAsync(await ClientAsync(), type, ("nonce", null));

        Assert.StartsWith(TestData.Callback + "#", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var sent = OAuth.Redirected(answer);
        Assert.Equal(
            ("invalid_request", "Missing required parameter: nonce", "xyzABC123"),
            (sent["error"], sent["error_description"], sent["state"]));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("code token")]
    public async Task Without_an_id_token_there_need_be_no_nonce(string type)
    {
        using var answer = await AskAsync(await ClientAsync(), type, ("nonce", null));

        Assert.Contains("access_token", OAuth.Redirected(answer).Keys);
    }

    [Theory]
    [InlineData("token", "authorization_code")]
    [InlineData("id_token", "authorization_code")]
    [InlineData("code id_token", "authorization_code")]
    [InlineData("code id_token", "implicit")]
    [InlineData("code token", "implicit")]
    [InlineData("code", "implicit")]
    public async Task A_client_gets_only_what_its_grant_types_list(string type, string only)
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = [only]);

        using var answer = await AskAsync(client, type);

        Assert.Equal("unauthorized_client", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task Tokens_never_stand_in_a_query_and_the_refusal_neither()
    {
        using var answer = await AskAsync(await ClientAsync(), "id_token token", ("response_mode", "query"));

        Assert.StartsWith(
            TestData.Callback + "#error=invalid_request",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_post_carries_tokens_in_a_form_and_errors_too()
    {
        var client = await ClientAsync();
        using var answer = await AskAsync(client, "id_token token", ("response_mode", "form_post"));
        using var refused = await AskAsync(client, "id_token token", ("response_mode", "form_post"), ("nonce", null));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("name=\"id_token\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"access_token\"", html, StringComparison.Ordinal);
        Assert.Null(answer.Headers.Location);
        Assert.Contains(
            "value=\"invalid_request\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_client_needs_no_challenge_where_no_code_is_given_and_one_where_it_is()
    {
        var client = await server.AddPublicClientAsync(c => c.GrantTypes = ["authorization_code", "implicit"]);

        using var withoutCode = await AskAsync(
            client, "id_token", ("code_challenge", null), ("code_challenge_method", null));
        using var hybrid = await AskAsync(
            client, "code id_token", ("code_challenge", null), ("code_challenge_method", null));

        Assert.Contains("id_token", OAuth.Redirected(withoutCode).Keys);
        Assert.Equal("invalid_request", OAuth.Redirected(hybrid)["error"]);
    }

    [Fact]
    public async Task A_token_from_here_can_be_revoked()
    {
        var client = await ClientAsync();
        using var answer = await AskAsync(client, "token");
        var token = OAuth.Redirected(answer)["access_token"];

        await oauth.PostAsync(
            "/oauth/revoke", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));

        Assert.Equal(HttpStatusCode.Unauthorized, (await oauth.UserInfoAsync(token)).Status);
    }

    private Task<Client> ClientAsync() =>
        server.AddClientAsync(client => client.GrantTypes = ["authorization_code", "implicit", "refresh_token"]);

    private async Task<HttpResponseMessage> AskAsync(
        Client client, string type,
        params (string Name, string? Value)[] more) =>
        await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, [("response_type", type), ("nonce", "n-1"), ("scope", "openid email"), .. more]),
            await server.StartSessionAsync());

    private static string LeftHalf(string value) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(value)).AsSpan(0, 16));
}
