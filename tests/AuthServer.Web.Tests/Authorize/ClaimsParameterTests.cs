using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>OpenID Connect Core §5.4 and §5.5: claims by scope, and by their own names.</summary>
public sealed class ClaimsParameterTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_claim_stands_where_it_was_asked_for_and_nowhere_else()
    {
        var client = await server.AddClientAsync();
        var tokens = await RedeemAsync(
            client,
            (
                "claims",
                """
                {"userinfo":{"email":{"essential":true},"made_up":null},"id_token":{"updated_at":null,
                "auth_time":{"essential":true}}}
                """
            ));

        var userInfo = await oauth.UserInfoAsync(tokens["access_token"]);
        Assert.Equal(["sub", "email"], userInfo.Json.EnumerateObject().Select(claim => claim.Name));
        var idToken = OAuth.ClaimsOf(tokens["id_token"]);
        Assert.True(idToken.TryGetProperty("updated_at", out _));
        Assert.True(idToken.TryGetProperty("auth_time", out _));
        Assert.False(idToken.TryGetProperty("email", out _));
    }

    [Fact]
    public async Task They_are_remembered_at_a_refresh_and_for_an_api()
    {
        await server.AddApiAsync(identifier: "https://claims.example.com");
        var client = await server.AddClientAsync();
        var tokens = await RedeemAsync(
            client,
            ("scope", "openid offline_access"),
            ("audience", "https://claims.example.com"),
            ("claims", """{"userinfo":{"email":null},"id_token":{"email":null}}"""));

        var again = await oauth.RefreshAsync(client, tokens["refresh_token"]);

        Assert.Equal(TestServer.AdminEmail, OAuth.ClaimsOf(again["id_token"]).GetProperty("email").GetString());
        Assert.Equal(TestServer.AdminEmail, (await oauth.UserInfoAsync(again["access_token"]))["email"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"userinfo":"email"}""")]
    [InlineData("""{"id_token":[]}""")]
    [InlineData("""{"id_token":{"sub":{"value":"a"}},"userinfo":{"sub":{"value":"b"}}}""")]
    public async Task An_invalid_claims_request_is_refused(string claims)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(await server.AddClientAsync(), ("claims", claims)), await server.StartSessionAsync());

        Assert.Equal("invalid_request", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task A_client_may_insist_on_a_user()
    {
        var client = await server.AddClientAsync();
        var admin = await server.AdministratorAsync();
        async Task<string?> AskAsync(string subject)
        {
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(
                    client, ("prompt", "none"), ("claims", $$$$"""{"id_token":{"sub":{"value":"{{{{subject}}}}"}}}""")),
                await server.StartSessionAsync());
            return OAuth.Redirected(answer).GetValueOrDefault("error");
        }

        Assert.Null(await AskAsync(admin.UserId));
        Assert.Equal("login_required", await AskAsync("auth0|000000000000000000000000"));
    }

    [Fact]
    public async Task The_consent_page_of_a_third_party_shows_the_claims_it_requests_by_name()
    {
        var theirs = await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false));
        using var browser = new Browser(server);
        await browser.OpenAsync(theirs.Authorize(("scope", "openid"), ("claims", """{"userinfo":{"email":null}}""")));
        await browser.SignInAsync();

        Assert.NotNull(browser.Page.QuerySelector("[data-scope=email]"));
        await browser.ClickAsync("consent-allow");
        Assert.NotNull(browser.Returned("code"));

        await browser.OpenAsync(
            theirs.Authorize(
                ("scope", "openid"), ("claims", """{"userinfo":{"phone_number":null}}"""), ("prompt", "none")));
        Assert.Equal("consent_required", browser.Returned("error"));
    }

    [Fact]
    public async Task The_address_comes_from_the_users_metadata_and_the_phone_from_the_profile()
    {
        var user = await server.AddUserAsync("home@example.com", "four unrelated words here");
        await server.ChangeAsync<User>(
            u => u.UserId == user.UserId,
            u =>
                (u.UserMetadata, u.PhoneNumber, u.PhoneVerified) = (
                    """{"address":{"locality":"Kyoto","country":"JP","secret":"x","region":5}}""",
                    "+81312345678",
                    true));
        var client = await server.AddClientAsync();
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("scope", "openid address phone")), await server.StartSessionAsync(user));

        var tokens = await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]);
        var userInfo = (await oauth.UserInfoAsync(tokens["access_token"])).Json;

        Assert.Equal("""{"locality":"Kyoto","country":"JP"}""", userInfo.GetProperty("address").GetRawText());
        Assert.Equal("+81312345678", userInfo.GetProperty("phone_number").GetString());
        Assert.True(userInfo.GetProperty("phone_number_verified").GetBoolean());
    }

    private async Task<Answer> RedeemAsync(Client client, params (string Name, string? Value)[] more) =>
        await oauth.RedeemAsync(client, await oauth.CodeAsync(client, more));
}
