using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>ASVS 10.4.7: what a third-party client may do.</summary>
public sealed class ThirdPartyTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    private readonly TestServer server = scenario.Server;

    [Fact]
    public async Task A_registered_client_signs_the_user_in_after_a_consent_that_says_it_is_unverified()
    {
        var answer = await scenario.RegisterAsync(
            """{"redirect_uris":["https://app.example.com/callback"],"client_name":"<img src=x onerror=1>{{7*7}}"}"""
        );
        var client = await scenario.StoredAsync(answer["client_id"]!);
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize(("code_challenge", OAuth.Challenge)));
        await browser.SignInAsync();

        Assert.Contains("was not verified", browser.Text, StringComparison.Ordinal);
        Assert.Equal("app.example.com", browser.Page.GetElementById("recipient")?.TextContent);
        Assert.Contains("&lt;img src=x", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", browser.Html, StringComparison.Ordinal);

        await browser.ClickAsync("consent-allow");
        var tokens = await scenario.OAuth.RedeemAsync(
            client, browser.Returned("code")!, ("client_secret", answer["client_secret"]));
        Assert.NotNull(tokens["id_token"]);
    }

    [Fact]
    public async Task Prompt_none_before_the_user_agreed_is_consent_required()
    {
        var client = await scenario.PublicAsync();
        using var answer = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client, ("prompt", "none")), await server.StartSessionAsync(usedBy: client));

        Assert.Equal("consent_required", OAuth.Redirected(answer)["error"]);
    }

    [Theory]
    [InlineData("scope", "not\"a scope")]
    [InlineData("response_type", "nonsense")]
    [InlineData("response_mode", "nonsense")]
    [InlineData("prompt", "nonsense")]
    [InlineData("max_age", "soon")]
    [InlineData("code_challenge", "short")]
    [InlineData("code_challenge", null)]
    [InlineData("audience", "https://unknown.example/")]
    [InlineData("resource", "https://unknown.example/")]
    [InlineData("id_token_hint", "nonsense")]
    [InlineData("request_uri", "http://127.0.0.1:1/")]
    [InlineData("connection", "nonsense")]
    public async Task A_link_with_a_mistake_leads_nowhere_in_a_session_that_did_not_use_the_client(
        string name, string? value)
    {
        var client = await scenario.ClientAsync();
        var request = OAuth.RequestOf(client, (name, value));
        using var signedOut = await scenario.OAuth.AuthorizeAsync(request);
        using var signedIn = await scenario.OAuth.AuthorizeAsync(request, await server.StartSessionAsync());
        using var used = await scenario.OAuth.AuthorizeAsync(request, await server.StartSessionAsync(usedBy: client));

        foreach (var page in (HttpResponseMessage[])[signedOut, signedIn])
            Assert.Equal((HttpStatusCode.BadRequest, null), (page.StatusCode, page.Headers.Location));
        Assert.StartsWith(TestData.Callback, used.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_once_the_owner_trusts_the_client()
    {
        var client = await scenario.ClientAsync();
        await server.ChangeAsync<Client>(
            c => c.ClientId == client.ClientId, c => c.RedirectionPolicy = RedirectionPolicies.AllowAlways);
        using var answer = await scenario.OAuth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "nonsense")));

        Assert.Equal("invalid_request", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task PKCE_is_needed_of_a_confidential_one_too()
    {
        var client = await scenario.ClientAsync();
        using var answer = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client, ("code_challenge", null), ("code_challenge_method", null)),
            await server.StartSessionAsync(usedBy: client));

        Assert.Equal("invalid_request", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task The_management_API_is_not_for_it()
    {
        var client = await scenario.ClientAsync();
        foreach (var name in (string[])["audience", "resource"])
        {
            var request = OAuth.RequestOf(client, (name, server.Issuer.At("/api/v2/")));
            using var answer = await scenario.OAuth.AuthorizeAsync(
                request, await server.StartSessionAsync(usedBy: client));
            Assert.Equal("access_denied", OAuth.Redirected(answer)["error"]);
        }
    }

    [Fact]
    public async Task Only_the_port_of_a_loopback_address_may_differ()
    {
        var client = await scenario.PublicAsync("http://127.0.0.1/cb");
        var cookie = await server.StartSessionAsync(usedBy: client);
        using var other = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client, ("redirect_uri", "http://127.0.0.1:49152/cb"), ("prompt", "none")), cookie);
        Assert.Equal("consent_required", OAuth.Redirected(other)["error"]);

        foreach (var uri in (string[])
                [
                    "http://127.0.0.1.evil.example/cb", "http://127.0.0.1@evil.example/cb",
                    "http://127.0.0.1:80@evil.example/cb", "http://localhost:1/cb", "https://127.0.0.1/cb",
                    "http://127.1/cb", "http://2130706433/cb",
                ])
        {
            using var refused = await scenario.OAuth.AuthorizeAsync(
                OAuth.RequestOf(client, ("redirect_uri", uri)), cookie);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Null(refused.Headers.Location);
        }
    }

    [Fact]
    public async Task An_installed_program_asks_each_time()
    {
        var client = await scenario.PublicAsync("http://127.0.0.1:3000/cb");
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        await browser.ClickAsync("consent-allow");
        await browser.OpenAsync(client.Authorize());
        Assert.True(browser.Has("consent-allow"));
        await browser.OpenAsync(client.Authorize(("prompt", "none")));

        Assert.Equal("consent_required", browser.Returned("error"));
    }

    [Fact]
    public async Task A_registered_response_type_is_all_it_gets()
    {
        var client = await scenario.ClientAsync("\"response_types\":[\"id_token\"],\"grant_types\":[\"implicit\"]");
        using var answer = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client), await server.StartSessionAsync(usedBy: client));

        Assert.Equal("unauthorized_client", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task Its_default_max_age_and_auth_time_count()
    {
        var client = await scenario.ClientAsync("\"default_max_age\":60");
        var cookie = await server.StartSessionAsync(usedBy: client);
        server.Time.Advance(TimeSpan.FromMinutes(2));
        using var answer = await scenario.OAuth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "none")), cookie);

        Assert.Equal("login_required", OAuth.Redirected(answer)["error"]);
    }
}
