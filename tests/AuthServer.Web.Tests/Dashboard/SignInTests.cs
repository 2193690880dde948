using System.Net;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The dashboard as a client of this server.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync() => browser = await server.OpenDashboardAsync();

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_browser_that_is_not_signed_in_signs_in_and_comes_to_the_page_that_it_asked_for()
    {
        using var other = new Browser(server);
        await other.OpenAsync("/dashboard?ui_locales=en");
        Assert.Equal("/u/login", other.Url.AbsolutePath);
        await other.SignInAsync();

        Assert.Equal("/dashboard/callback", other.Url.AbsolutePath);
        var refresh = other.Page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content");
        Assert.Equal("0;url=/dashboard?ui_locales=en", refresh);
        var cookie = other.Answer.Headers.GetValues("Set-Cookie")
            .Single(set => set.StartsWith("dashboard=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
        await other.ClickAsync("way-on");
        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (other.Status, other.Url.AbsolutePath));
        Assert.Contains(TestServer.AdminEmail, other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_redeemed_and_nothing_is_left_that_a_token_could_come_of()
    {
        var authorizations = await server.WithAsync<AuthDbContext, int>(
            db => db.Authorizations.CountAsync(
                a => a.ClientId == DashboardApplication.ClientId && a.Status == "valid"));
        var tokens = await server.WithAsync<AuthDbContext, List<string?>>(
            db => db.Tokens.Select(t => t.Status).ToListAsync());

        Assert.Equal(0, authorizations);
        Assert.Equal("redeemed", Assert.Single(tokens));
    }

    [Fact]
    public async Task The_sign_in_returns_only_to_a_page_of_this_server()
    {
        string[] elsewhere = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"];
        foreach (var page in elsewhere)
        {
            await browser.OpenAsync(DashboardApplication.SignInPath + "?returnTo=" + Uri.EscapeDataString(page));

            Assert.Equal(
                (page, "0;url=/dashboard"),
                (page, browser.Page.QuerySelector("meta[http-equiv=refresh]")?.GetAttribute("content")));
        }
    }

    [Fact]
    public async Task A_response_counts_once()
    {
        using var other = new Browser(server);
        await other.OpenAsync("/dashboard");
        await other.SignInAsync();
        var callback = other.Url.PathAndQuery;
        other.SetCookie("dashboard", null);
        await other.OpenAsync(callback);

        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.False(other.Cookies.ContainsKey("dashboard"));
    }

    /// <summary>
    /// RFC 6749 §10.12: otherwise an attacker could have an administrator work in the attacker's account.
    /// </summary>
    [Fact]
    public async Task A_response_to_another_browsers_request_is_refused()
    {
        var begun = await BeginAsync();
        var code = await CodeAsync(begun);
        using var victim = new Browser(server);
        await victim.OpenAsync("/dashboard");
        await victim.OpenAsync($"/dashboard/callback?code={code}&state={begun.State}");

        Assert.Equal(HttpStatusCode.BadRequest, victim.Status);
        Assert.False(victim.Cookies.ContainsKey("dashboard"));
    }

    /// <summary>RFC 7636 §4.6.</summary>
    [Fact]
    public async Task A_code_of_another_request_is_refused()
    {
        var first = await BeginAsync();
        var code = await CodeAsync(first);

        Assert.Equal(HttpStatusCode.BadRequest, await CompleteAsync(code, await BeginAsync(first.Cookie)));
        Assert.Equal(HttpStatusCode.OK, await CompleteAsync(code, first));
    }

    [Fact]
    public async Task A_code_of_another_client_is_refused()
    {
        var code = await new OAuth(server).CodeAsync(await server.AddPublicClientAsync());

        Assert.Equal(HttpStatusCode.BadRequest, await CompleteAsync(code, await BeginAsync()));
    }

    [Fact]
    public async Task The_token_endpoint_has_nothing_for_it()
    {
        var code = await CodeAsync(await BeginAsync());
        var answer = await new OAuth(server).PostAsync(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("client_id", DashboardApplication.ClientId),
            ("client_secret", ""),
            ("code", code));

        Assert.Equal("invalid_client", answer.Error);
    }

    [Fact]
    public async Task A_cancelled_login_is_not_shown_again()
    {
        using var other = new Browser(server);
        await other.OpenAsync("/dashboard");
        await other.ClickAsync("login-cancel");

        Assert.Equal("/", other.Url.AbsolutePath);
    }

    [Fact]
    public async Task A_user_without_a_role_is_told_which_one_is_needed()
    {
        var user = await server.AddUserAsync("grace@example.com", DashboardSession.Password);
        using var other = await server.OpenDashboardAsync(user.Email!, DashboardSession.Password);

        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("grace@example.com", other.Text, StringComparison.Ordinal);
        Assert.Contains("Administrator", other.Text, StringComparison.Ordinal);
        Assert.Contains("Viewer", other.Text, StringComparison.Ordinal);
        Assert.True(other.Has("another"));
    }

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_at_the_next_request()
    {
        await server.WithAsync<AuthDbContext, int>(db => db.Set<RoleMember>().ExecuteDeleteAsync());

        await browser.OpenAsync("/dashboard");

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task A_session_that_ends_at_the_authorization_server_ends_here()
    {
        await server.WithAsync<AuthDbContext, int>(db => db.Sessions.ExecuteDeleteAsync());

        await browser.OpenAsync("/dashboard");

        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task A_blocked_user_is_out()
    {
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);

        await browser.OpenAsync("/dashboard");

        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task An_hour_without_a_request_ends_the_session_and_requests_prolong_it()
    {
        for (var i = 0; i < 3; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal("/dashboard", (await browser.OpenAsync("/dashboard")).Url.AbsolutePath);
        }

        server.Time.Advance(TimeSpan.FromMinutes(61));
        await browser.OpenAsync("/dashboard");

        Assert.Equal("/dashboard/callback", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task Eight_hours_end_it_in_any_case()
    {
        for (var i = 0; i < 9; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal("/dashboard", (await browser.OpenAsync("/dashboard")).Url.AbsolutePath);
        }

        server.Time.Advance(TimeSpan.FromMinutes(31));
        await browser.OpenAsync("/dashboard");

        Assert.Equal("/dashboard/callback", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_ends_both_sessions()
    {
        await browser.ClickAsync("sign-out");
        Assert.Equal("/u/logout", browser.Url.AbsolutePath);
        Assert.False(browser.Cookies.ContainsKey("dashboard"));

        await browser.OpenAsync("/dashboard");
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_from_elsewhere_signs_nobody_out(string site)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await server.PostAsync(browser, "/dashboard/sign-out", site));
        Assert.Equal("/dashboard", (await browser.OpenAsync("/dashboard")).Url.AbsolutePath);
    }

    [Fact]
    public async Task The_language_is_chosen_once()
    {
        await browser.ClickAsync("language-ja");
        Assert.Equal("ja", browser.Page.DocumentElement.GetAttribute("lang"));

        await browser.OpenAsync("/");
        Assert.Equal("ja", browser.Page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task The_start_page_leads_there()
    {
        await browser.OpenAsync("/");
        await browser.ClickAsync("dashboard");

        Assert.Equal("/dashboard", browser.Url.AbsolutePath);
    }

    /// <summary>The authorization request that a browser without a session is sent to.</summary>
    private async Task<Begun> BeginAsync(string? cookie = null)
    {
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard");
        if (cookie is not null)
            request.Headers.Add("Cookie", "dashboard-state=" + cookie);
        using var answer = await http.SendAsync(request);
        var location = new Uri(http.BaseAddress!, answer.Headers.Location!);
        cookie ??= answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];
        return new Begun(location, QueryHelpers.ParseQuery(location.Query)["state"].ToString(), cookie);
    }

    /// <summary>The code that the authorization server answers it with.</summary>
    private async Task<string> CodeAsync(Begun begun)
    {
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, begun.Location);
        request.Headers.Add("Cookie", "sid=" + await server.StartSessionAsync());
        using var answer = await http.SendAsync(request);
        return OAuth.Redirected(answer)["code"];
    }

    private async Task<HttpStatusCode> CompleteAsync(string code, Begun begun)
    {
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/dashboard/callback?code={code}&state={begun.State}");
        request.Headers.Add("Cookie", "dashboard-state=" + begun.Cookie);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private sealed record Begun(Uri Location, string State, string Cookie);
}
