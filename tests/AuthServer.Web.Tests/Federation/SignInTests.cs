using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Federation;

/// <summary>The way to an identity provider and back; ASVS 6.8.</summary>
public sealed class SignInTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = new Browser(scenario.Server);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_button_leads_to_the_provider_and_its_user_to_the_application()
    {
        await browser.OpenAsync(scenario.Client.Authorize());
        Assert.Contains("Continue with corp", browser.Text, StringComparison.Ordinal);
        Assert.True(browser.Has("login-submit"));
        await browser.ClickAsync("provider-corp");
        Assert.StartsWith(
            scenario.Provider.Url + "/authorize?", browser.LeftTo!.OriginalString, StringComparison.Ordinal);
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo));

        var tokens = await new OAuth(scenario.Server).PostAsync(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("client_id", scenario.Client.ClientId),
            ("code", browser.Returned("code")),
            ("redirect_uri", TestData.Callback),
            ("code_verifier", OAuth.Verifier));
        var claims = OAuth.ClaimsOf(tokens["id_token"]);
        Assert.Equal(
            ("oidc|corp|grace", "Grace Hopper", "grace@example.net"),
            (
                claims.GetProperty("sub").GetString(),
                claims.GetProperty("name").GetString(),
                claims.GetProperty("email").GetString()));
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
    }

    [Fact]
    public async Task The_provider_receives_a_code_request_with_PKCE_nonce_and_state()
    {
        var query = ProviderScenario.QueryOf(
            await scenario.LeaveAsync(
                browser, "corp", ("login_hint", "grace@example.net"), ("ui_locales", "ja"),
                ("connection_scope", "calendar,drive"), ("prompt", "login"), ("max_age", "60"),
                ("acr_values", "urn:strong")));

        Assert.Equal(
            (
                "code",
                FakeProvider.ClientId,
                scenario.Server.Issuer.At("/login/callback"),
                "openid profile email calendar drive",
                "S256"),
            (
                query["response_type"],
                query["client_id"],
                query["redirect_uri"],
                query["scope"],
                query["code_challenge_method"]));
        Assert.Equal(
            ("grace@example.net", "ja", "login", "60", "urn:strong"),
            (query["login_hint"], query["ui_locales"], query["prompt"], query["max_age"], query["acr_values"]));
        Assert.Equal((43, 43), (query["code_challenge"].Length, query["nonce"].Length));
        Assert.DoesNotContain("code_verifier", browser.LeftTo!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_with_only_providers_shows_nothing_but_buttons()
    {
        await scenario.Server.ChangeAsync(async db =>
            db.RemoveRange(
                await db
                    .ConnectionClients.Where(c =>
                        c.ClientId == scenario.Client.ClientId
                        && c.ConnectionId != db.Connections.Single(x => x.Name == "corp").Id)
                    .ToListAsync()));
        await browser.OpenAsync(scenario.Client.Authorize());

        Assert.Equal(
            (true, false, true),
            (browser.Has("provider-corp"), browser.Has("login-submit"), browser.Has("login-cancel")));
        await browser.ClickAsync("login-cancel");
        Assert.Equal("access_denied", browser.Returned("error"));
    }

    [Fact]
    public async Task A_connection_without_a_button_is_reached_only_by_its_name()
    {
        await scenario.Server.ChangeAsync(async db =>
            (await db.Connections.SingleAsync(c => c.Name == "corp")).ShowAsButton = false);
        await browser.OpenAsync(scenario.Client.Authorize());
        Assert.False(browser.Has("provider-corp"));

        Assert.StartsWith(
            scenario.Provider.Url, (await scenario.LeaveAsync(browser)).OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_the_client_may_not_use_is_refused_at_every_endpoint()
    {
        await scenario.ConnectAsync("other", "oidc", new { issuer = scenario.Provider.Url }, enabled: false);
        await browser.OpenAsync(scenario.Client.Authorize(("connection", "other")));
        Assert.Equal("invalid_request", browser.Returned("error"));
        await browser.OpenAsync(scenario.Client.Authorize());
        await browser.OpenAsync($"/u/login/provider{browser.Url.Query}&connection=other");
        Assert.Equal((HttpStatusCode.BadRequest, null), (browser.Status, browser.LeftTo));

        // Turned off while the user was away.
        var asked = await scenario.LeaveAsync(browser);
        await scenario.Server.ChangeAsync(async db =>
            db.RemoveRange(
                await db
                    .ConnectionClients.Where(c =>
                        c.ClientId == scenario.Client.ClientId
                        && c.ConnectionId == db.Connections.Single(x => x.Name == "corp").Id)
                    .ToListAsync()));
        await browser.OpenAsync(scenario.Provider.Agree(asked));
        Assert.Equal((HttpStatusCode.BadRequest, 0), (browser.Status, await scenario.SessionsAsync()));
    }

    [Fact]
    public async Task A_session_of_another_connection_does_not_do_for_the_one_that_is_named()
    {
        await browser.OpenAsync(scenario.Client.Authorize(("connection", Connection.DefaultDatabase)));
        await browser.SignInAsync();
        await browser.OpenAsync(scenario.Client.Authorize(("connection", "corp"), ("prompt", "none")));
        Assert.Equal("login_required", browser.Returned("error"));

        await scenario.SignInWithProviderAsync(browser);
        Assert.NotNull(browser.Returned("code"));
        await browser.OpenAsync(scenario.Client.Authorize(("connection", "corp"), ("prompt", "none")));
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Max_age_is_passed_on_and_what_comes_back_is_checked()
    {
        await scenario.SignInWithProviderAsync(browser, more: [("max_age", "60")]);
        Assert.Contains("answer is not valid", browser.Text, StringComparison.Ordinal);
        scenario.Provider.Change = claims =>
            claims["auth_time"] = scenario.Server.Time.GetUtcNow().AddHours(-2).ToUnixTimeSeconds();
        await scenario.SignInWithProviderAsync(browser, more: [("max_age", "60")]);
        Assert.Equal(0, await scenario.SessionsAsync());
        scenario.Provider.Change = claims => claims["auth_time"] = scenario.Server.Time.GetUtcNow().ToUnixTimeSeconds();
        await scenario.SignInWithProviderAsync(browser, more: [("max_age", "60")]);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Prompt_login_is_passed_on_and_an_older_login_at_the_provider_is_refused()
    {
        var begun = scenario.Server.Time.GetUtcNow();
        scenario.Provider.Change = claims => claims["auth_time"] = begun.AddMinutes(-2).ToUnixTimeSeconds();
        await scenario.SignInWithProviderAsync(browser, more: [("prompt", "login")]);
        Assert.Equal(0, await scenario.SessionsAsync());

        scenario.Provider.Change = claims => claims["auth_time"] = begun.ToUnixTimeSeconds();
        await scenario.SignInWithProviderAsync(browser, more: [("prompt", "login")]);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_user_who_cancels_there_may_choose_another_way_and_the_page_is_calm()
    {
        var state = QueryHelpers.ParseQuery((await scenario.LeaveAsync(browser)).Query)["state"].ToString();
        await browser.OpenAsync(
            QueryHelpers.AddQueryString(
                "/login/callback",
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["error"] = "access_denied",
                    ["error_description"] = "<b>no</b>",
                    ["state"] = state,
                    ["iss"] = scenario.Provider.Url,
                }));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("You were not signed in", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>no</b>", browser.Html, StringComparison.Ordinal);
        await browser.ClickAsync("way-on");
        await browser.ClickAsync("provider-corp");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));
        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData("/token", "500")]
    [InlineData("/token", "not JSON")]
    [InlineData("/token", "[]")]
    [InlineData("/token", "{\"id_token\":\"\\ud800\"}")]
    [InlineData("/token", "redirect")]
    [InlineData("/userinfo", "500")]
    [InlineData("/userinfo", "{\"sub\":")]
    [InlineData("/userinfo", "slow")]
    [InlineData("/jwks", "500")]
    [InlineData("/jwks", "{}")]
    [InlineData("/jwks", "{\"keys\":[{\"use\":\"\\ud800\"}]}")]
    public async Task A_provider_that_fails_in_the_middle_is_explained(string path, string garbage)
    {
        var asked = await scenario.LeaveAsync(browser);
        scenario.Provider.Garbage[path] = garbage;
        await browser.OpenAsync(scenario.Provider.Agree(asked));

        Assert.Equal(
            (HttpStatusCode.BadRequest, 0, true),
            (browser.Status, await scenario.SessionsAsync(), browser.Has("way-on")));
        Assert.Equal(0, scenario.Provider.Hits("/elsewhere"));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("redirect")]
    [InlineData("{\"issuer\":\"https://evil.example\"}")]
    [InlineData("{\"issuer\":\"\\ud800\"}")]
    public async Task A_provider_that_fails_at_the_start_is_explained_and_asked_again_soon(string garbage)
    {
        scenario.Provider.Garbage["/.well-known/openid-configuration"] = garbage;
        await browser.OpenAsync(scenario.Client.Authorize(("connection", "corp")));
        Assert.Equal((HttpStatusCode.BadRequest, null), (browser.Status, browser.LeftTo));

        scenario.Provider.Garbage.Clear();
        scenario.Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await scenario.LeaveAsync(browser));
    }

    [Fact]
    public async Task A_provider_that_fails_is_asked_once_a_minute()
    {
        const string Document = "/.well-known/openid-configuration";
        scenario.Provider.Garbage[Document] = "500";
        for (var i = 0; i < 3; i++)
            await browser.OpenAsync(scenario.Client.Authorize(("connection", "corp")));
        Assert.Equal(1, scenario.Provider.Hits(Document));

        scenario.Provider.Garbage.Clear();
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await scenario.LeaveAsync(browser));
        Assert.Equal(2, scenario.Provider.Hits(Document));
    }

    [Fact]
    public async Task The_issuer_in_the_document_has_to_be_the_configured_one()
    {
        scenario.Provider.Document = document => document["issuer"] = "https://accounts.example";
        await browser.OpenAsync(scenario.Client.Authorize(("connection", "corp")));

        Assert.Contains("isn't responding", browser.Text, StringComparison.Ordinal);
    }
}
