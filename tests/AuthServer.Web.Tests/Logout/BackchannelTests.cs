using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Logout;

/// <summary>
/// OpenID Connect Back-Channel Logout 1.0, ASVS 10.5.5: every end of a session notifies its applications.
/// </summary>
public sealed class BackchannelTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private readonly TestServer server = api.Server;
    private readonly OAuth oauth = new(api.Server);

    [Fact]
    public async Task A_logout_token_is_one_and_nothing_else()
    {
        await using var application = await LoggedOut.ListenAsync();
        var (client, user, cookie, idToken) = await SignedInAsync(application.Url);

        await LogOutAsync(cookie, idToken);
        var (header, claims) = await application.NextAsync();

        Assert.Equal(
            ("logout+jwt", "RS256"), (header.GetProperty("typ").GetString(), header.GetProperty("alg").GetString()));
        Assert.Equal(
            (server.Issuer.Value, client.ClientId, user.UserId),
            (
                claims.GetProperty("iss").GetString(),
                claims.GetProperty("aud").GetString(),
                claims.GetProperty("sub").GetString()));
        Assert.Equal(OAuth.ClaimsOf(idToken).GetProperty("sid").GetString(), claims.GetProperty("sid").GetString());
        Assert.Equal(
            """{"http://schemas.openid.net/event/backchannel-logout":{}}""", claims.GetProperty("events").GetRawText());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 1, 120);
        Assert.NotEmpty(claims.GetProperty("jti").GetString()!);
        Assert.False(claims.TryGetProperty("nonce", out _));

        Assert.Equal(
            user.UserId,
            (await server.EventAsync("oidc_backchannel_logout_succeeded", e => e.ClientId == client.ClientId)).UserId);
    }

    [Fact]
    public async Task A_pairwise_client_receives_the_subject_of_its_ID_tokens()
    {
        await using var application = await LoggedOut.ListenAsync();
        var (_, user, cookie, idToken) = await SignedInAsync(application.Url, SubjectTypes.Pairwise);

        await LogOutAsync(cookie, idToken);
        var subject = (await application.NextAsync()).Claims.GetProperty("sub").GetString();

        Assert.Equal(OAuth.ClaimsOf(idToken).GetProperty("sub").GetString(), subject);
        Assert.NotEqual(user.UserId, subject);
    }

    [Fact]
    public async Task An_application_that_fails_is_notified_again_later_and_then_no_more()
    {
        await using var application = await LoggedOut.ListenAsync(failures: 1);
        var (_, _, cookie, idToken) = await SignedInAsync(application.Url);
        await LogOutAsync(cookie, idToken);
        await application.WaitForCallsAsync(1);

        // The claim of the first round has to end too.
        for (var i = 0; i < 20 && application.Calls < 2; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(500);
        }

        await application.NextAsync();
        Assert.Equal(2, application.Calls);
        await Eventually.UntilAsync(async () => await LeftAsync(application.Url) == 0, "The notice is kept.");
    }

    [Theory]
    [InlineData("delete session")]
    [InlineData("revoke session")]
    [InlineData("delete sessions")]
    [InlineData("revoke access")]
    [InlineData("block")]
    [InlineData("password")]
    [InlineData("delete user")]
    public async Task Every_way_to_end_a_session_notifies_the_application_and_invalidates_the_cookie(string deed)
    {
        await using var application = await LoggedOut.ListenAsync();
        var (client, user, cookie, idToken) = await SignedInAsync(application.Url);
        var (sid, id) = (OAuth.ClaimsOf(idToken).GetProperty("sid").GetString(), Uri.EscapeDataString(user.UserId));

        var answer = await (deed switch
        {
            "delete session" => api.DeleteAsync($"sessions/{sid}"),
            "revoke session" => api.PostAsync($"sessions/{sid}/revoke"),
            "delete sessions" => api.DeleteAsync($"users/{id}/sessions"),
            "revoke access" => api.PostAsync($"users/{id}/revoke-access"),
            "block" => api.PatchAsync($"users/{id}", """{"blocked":true}"""),
            "password" => api.PatchAsync($"users/{id}", """{"password":"another long pass phrase"}"""),
            _ => api.DeleteAsync($"users/{id}"),
        });

        Assert.InRange(answer.Status, 200, 204);
        Assert.Equal(sid, (await application.NextAsync()).Claims.GetProperty("sid").GetString());
        using var silent = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "none")), cookie);
        Assert.Equal("login_required", OAuth.Redirected(silent)["error"]);
    }

    [Fact]
    public async Task Logging_in_again_as_the_same_user_keeps_the_application_in_and_the_later_logout_finds_it()
    {
        await using var application = await LoggedOut.ListenAsync();
        var user = await server.AddUserAsync($"{Guid.CreateVersion7()}@example.com", "a long pass phrase");
        var client = await server.AddPublicClientAsync();
        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId, c => c.BackchannelLogoutUrls = [application.Url]);
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(user.Email!, "a long pass phrase");
        var first = await server.WithAsync<AuthDbContext, string>(db =>
            db.Sessions.Where(s => s.UserId == user.UserId).Select(s => s.Id).SingleAsync());
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await browser.OpenAsync(client.Authorize(("prompt", "login")));
        await browser.SignInAsync(user.Email!, "a long pass phrase");
        Assert.Equal(0, await LeftAsync(application.Url));

        await browser.OpenAsync("/u/logout");
        await browser.ClickAsync("logout-confirm");

        var sids = new[] { (await application.NextAsync()).Claims, (await application.NextAsync()).Claims }.Select(
            claims => claims.GetProperty("sid").GetString());
        Assert.Contains(first, sids);
    }

    [Fact]
    public async Task A_client_says_where_in_the_words_of_Auth0()
    {
        var made = await api.PostAsync(
            "clients",
            """
            {"name":"x","oidc_logout":{"backchannel_logout_urls":["https://app.example/out"],
            "backchannel_logout_initiators":{"mode":"all"}}}
            """
        );
        var id = made.Text("client_id");

        Assert.Equal(
            """
            {"backchannel_logout_urls":["https://app.example/out"],"backchannel_logout_initiators":{"mode":"all"}}
            """,
            made["oidc_logout"]!.ToJsonString());
        Assert.Equal(
            400,
            (
                await api.PatchAsync(
                    $"clients/{id}",
                    """{"oidc_logout":{"backchannel_logout_urls":["http://app.example/out"]}}"""
                )).Status);
        Assert.Equal(
            400,
            (await api.PatchAsync($"clients/{id}", """{"frontchannel_logout_uri":"https://other.example/out"}""")
            ).Status);
        Assert.Null((await api.PatchAsync($"clients/{id}", """{"oidc_logout":null}"""))["oidc_logout"]);
    }

    private async Task<(Client Client, User User, string Cookie, string IdToken)> SignedInAsync(
        string url, string subjectType = SubjectTypes.Public)
    {
        var client = await server.AddClientAsync(
            c => (c.BackchannelLogoutUrls, c.SubjectType) = ([url], subjectType));
        var user = await server.AddUserAsync($"{Guid.CreateVersion7()}@example.com", "a long pass phrase");
        var cookie = await server.StartSessionAsync(user);
        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client), cookie);
        return (client, user, cookie, (await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]))["id_token"]!);
    }

    private async Task LogOutAsync(string cookie, string idToken)
    {
        using var http = server.NewHttp();
        using var message = new HttpRequestMessage(
            HttpMethod.Get, QueryHelpers.AddQueryString("/oidc/logout", "id_token_hint", idToken));
        message.Headers.Add("Cookie", "sid=" + cookie);
        using var answer = await http.SendAsync(message);
    }

    private Task<int> LeftAsync(string url) =>
        server.WithAsync<AuthDbContext, int>(db => db.LogoutNotices.CountAsync(n => n.Uri == url));
}
