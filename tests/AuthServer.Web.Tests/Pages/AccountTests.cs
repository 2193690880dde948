using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Pages;

/// <summary>ASVS 7.4.4, 7.5.2, 10.4.9, 10.7.3.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Password = "a long pass phrase";
    private readonly TestServer server = new();
    private OAuth oauth = null!;
    private Client client = null!;
    private User user = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        (oauth, client, browser) = (new OAuth(server), await server.AddPublicClientAsync(), new Browser(server));
        await server.AddApiAsync();
        user = await server.AddUserAsync("grace@example.com", Password);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_user_without_a_session_signs_in_without_any_application_and_returns()
    {
        await browser.OpenAsync("/account");
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        await browser.SignInAsync(user.Email!, Password);

        Assert.Equal(
            (HttpStatusCode.OK, "/account", ""), (browser.Status, browser.Url.AbsolutePath, browser.Url.Query));
        Assert.Contains("grace@example.com", browser.Text, StringComparison.Ordinal);
        Assert.True(browser.Has("sign-out"));
        Assert.Equal(0, await server.WithAsync<AuthDbContext, int>(db => db.Authorizations.CountAsync()));
    }

    [Fact]
    public async Task A_user_who_cancels_is_not_asked_again()
    {
        await browser.OpenAsync("/account");
        await browser.ClickAsync("login-cancel");

        Assert.Equal("/", browser.Url.AbsolutePath);
    }

    [Theory]
    [InlineData("consent")]
    [InlineData("none")]
    [InlineData("login")]
    public async Task The_application_that_is_none_gets_no_code_however_it_is_asked(string prompt)
    {
        await SignInAsync();
        await browser.OpenAsync(
            $"/authorize?client_id=account&response_type=code&scope=openid+offline_access&prompt={prompt}");
        Assert.DoesNotContain("code=", browser.Url.Query, StringComparison.Ordinal);
        Assert.Null(browser.LeftTo);

        await browser.OpenAsync("/authorize?client_id=account&response_type=code&redirect_uri=https://evil.example/");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        var answer = await oauth.PostAsync(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("code", "x"),
            ("client_id", "account"),
            ("client_secret", "x"));
        Assert.Equal("invalid_client", answer.Error);
    }

    [Fact]
    public async Task Removing_access_kills_the_refresh_token_and_the_next_request_asks_again()
    {
        await server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c => c.IsFirstParty = false);
        await SignInAsync();
        await browser.OpenAsync(AuthorizePath());
        await browser.ClickAsync("consent-allow");
        var token = (await oauth.RedeemAsync(client, browser.Returned("code")!))["refresh_token"];
        await browser.OpenAsync("/account");
        Assert.Contains("Appointments For Contacts", browser.Text, StringComparison.Ordinal);
        Assert.Contains("read:contacts", browser.Text, StringComparison.Ordinal);

        await browser.ClickAsync("revoke-0");

        Assert.Contains("No application has access", browser.Text, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
        await browser.OpenAsync(AuthorizePath());
        Assert.True(browser.Has("consent-allow"));
    }

    [Fact]
    public async Task An_application_without_consent_is_listed_too_and_can_be_removed()
    {
        await SignInAsync();
        await browser.OpenAsync(AuthorizePath());
        var token = (await oauth.RedeemAsync(client, browser.Returned("code")!))["refresh_token"];

        await browser.OpenAsync("/account");
        await browser.ClickAsync("revoke-0");

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task Other_sessions_are_ended_one_or_all_and_this_one_stays()
    {
        await SignInAsync();
        var cookies = new[]
        {
            await server.StartSessionAsync(user),
            await server.StartSessionAsync(user),
            await server.StartSessionAsync(user),
        };
        await browser.OpenAsync("/account");
        Assert.Equal(4, browser.Page.QuerySelectorAll("[id^=session-]").Length);

        await browser.ClickAsync(browser.Page.QuerySelector("button[id^=end-]:not(#end-others)")!.Id!);
        Assert.Equal(2, await AliveAsync(cookies));
        await browser.ClickAsync("end-others");
        Assert.Equal(0, await AliveAsync(cookies));
        Assert.False(browser.Has("end-others"));
        Assert.Contains("This browser", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_can_not_reach_rows_of_another_user()
    {
        var ada = await server.AdministratorAsync();
        var cookie = await server.StartSessionAsync(ada);
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("scope", "openid offline_access"), ("audience", TestData.Api)), cookie);
        var token = (await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]))["refresh_token"];
        var sid = await server.WithAsync<AuthDbContext, string>(db =>
            db.Sessions.Where(s => s.UserId == ada.UserId).Select(s => s.Id).SingleAsync());
        await SignInAsync();
        await server.StartSessionAsync(user);
        await browser.OpenAsync(AuthorizePath());
        await browser.OpenAsync("/account");

        Assert.DoesNotContain(sid, browser.Html, StringComparison.Ordinal);
        browser.Page.QuerySelector("input[name=session]")!.SetAttribute("value", sid);
        await browser.ClickAsync(
            browser.Page.QuerySelector("button[id^=end-]:not(#end-others)")!.Id!,
            ("user_id", ada.UserId),
            ("user", ada.UserId));
        await browser.ClickAsync("revoke-0", ("user_id", ada.UserId), ("sub", ada.UserId));
        await browser.ClickAsync("end-others", ("user_id", ada.UserId));

        Assert.Equal(1, await AliveAsync(cookie));
        Assert.Null((await oauth.RefreshAsync(client, token)).Error);
    }

    [Fact]
    public async Task A_form_without_this_browsers_token_ends_nothing()
    {
        await SignInAsync();
        var cookie = await server.StartSessionAsync(user);
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account")
        {
            Content = new FormUrlEncodedContent([new("action", "end-others")]),
        };
        request.Headers.Add("Cookie", "sid=" + browser.Cookies["sid"]);
        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, await AliveAsync(cookie));
    }

    [Fact]
    public async Task The_page_says_nothing_that_is_secret()
    {
        await SignInAsync();
        await browser.OpenAsync("/account");

        Assert.DoesNotContain(browser.Cookies["sid"], browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("PBKDF2", browser.Html, StringComparison.OrdinalIgnoreCase);
    }

    private string AuthorizePath() =>
        client.Authorize(
            ("scope", "openid offline_access read:contacts"), ("audience", TestData.Api),
            ("code_challenge", OAuth.Challenge), ("redirect_uri", TestData.Callback));

    private async Task SignInAsync()
    {
        await browser.OpenAsync("/account");
        await browser.SignInAsync(user.Email!, Password);
    }

    private async Task<int> AliveAsync(params string[] cookies)
    {
        var alive = 0;
        foreach (var cookie in cookies)
        {
            using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "none")), cookie);
            alive += OAuth.Redirected(answer).ContainsKey("code") ? 1 : 0;
        }

        return alive;
    }
}
