using System.Net;
using System.Net.Http.Headers;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.UserInfo;

/// <summary>OpenID Connect Core §5.3 and RFC 6750.</summary>
public sealed class UserInfoTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task Scopes_open_their_claims_with_the_types_of_the_specification()
    {
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid profile email");

        var claims = (await oauth.UserInfoAsync(tokens["access_token"])).Json;

        Assert.Equal(
            ["sub", "nickname", "name", "updated_at", "email", "email_verified"],
            claims.EnumerateObject().Select(c => c.Name));
        Assert.Equal(System.Text.Json.JsonValueKind.Number, claims.GetProperty("updated_at").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.True, claims.GetProperty("email_verified").ValueKind);
        Assert.Equal(
            OAuth.ClaimsOf(tokens["id_token"]).GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Only_openid_gives_only_the_subject()
    {
        var tokens = await oauth.GetTokensAsync(await server.AddClientAsync(), "openid");

        Assert.Equal(
            ["sub"], (await oauth.UserInfoAsync(tokens["access_token"])).Json.EnumerateObject().Select(c => c.Name));
    }

    [Fact]
    public async Task The_token_of_an_api_works_here_when_openid_was_granted()
    {
        var api = await server.AddApiAsync();
        var client = await server.AddClientAsync();

        var granted = await oauth.GetTokensAsync(client, "openid read:contacts", api.Identifier);
        var other = await oauth.GetTokensAsync(client, "read:contacts", api.Identifier);

        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(granted["access_token"])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await oauth.UserInfoAsync(other["access_token"])).Status);
    }

    [Fact]
    public async Task A_post_with_the_header_or_the_form_works_like_a_get()
    {
        var token = (await oauth.GetTokensAsync(await server.AddClientAsync(), "openid"))["access_token"];
        var header = new HttpRequestMessage(HttpMethod.Post, "/userinfo")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };

        Assert.Equal(HttpStatusCode.OK, (await oauth.SendAsync(header)).Status);
        Assert.Equal(HttpStatusCode.OK, (await oauth.PostAsync("/userinfo", ("access_token", token))).Status);
    }

    [Fact]
    public async Task A_token_in_the_header_and_another_in_the_form_are_refused()
    {
        var token = (await oauth.GetTokensAsync(await server.AddClientAsync(), "openid"))["access_token"];
        var twice = new HttpRequestMessage(HttpMethod.Post, "/userinfo")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("access_token", "another")]),
        };

        var answer = await oauth.SendAsync(twice);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_token_in_the_query_works_only_where_the_tenant_allows_it()
    {
        var token = (await oauth.GetTokensAsync(await server.AddClientAsync(), "openid"))["access_token"];
        var strict = await oauth.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/userinfo?access_token=" + token));

        await server.ChangeAsync<TenantSettings>(
            t => true, t => t.Flags = new Dictionary<string, bool> { [TenantFlags.AllowAccessTokenInQuery] = true });
        var loose = await oauth.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/userinfo?access_token=" + token));
        await server.ChangeAsync<TenantSettings>(t => true, t => t.Flags = new Dictionary<string, bool>());

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (strict.Status, loose.Status));
    }

    [Fact]
    public async Task Other_tokens_are_refused_with_a_challenge()
    {
        var tokens = await oauth.GetTokensAsync(await server.AddClientAsync(), "openid offline_access");
        var forged = tokens["id_token"]![..^3] + "AAA";

        foreach (var token in (string?[])
                [tokens["id_token"], tokens["refresh_token"], forged, "nothing", "a.b.c", new string('x', 20_000)])
        {
            var answer = await oauth.UserInfoAsync(token);
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_token"), (answer.Status, answer.Error));
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task A_token_dies_at_its_end_and_with_its_user()
    {
        var token = (await oauth.GetTokensAsync(await server.AddClientAsync(), "openid"))["access_token"];

        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);
        var blocked = await oauth.UserInfoAsync(token);
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);
        var again = await oauth.UserInfoAsync(token);
        server.Time.Advance(TimeSpan.FromSeconds(86_401));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (blocked.Status, again.Status));
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(token)).Error);
    }
}
