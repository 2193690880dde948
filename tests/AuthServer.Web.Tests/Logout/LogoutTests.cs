using System.Net;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Logout;

/// <summary>
/// OpenID Connect RP-Initiated Logout 1.0, and Auth0's <c>/v2/logout</c> (docs/auth0-compatibility.md).
/// </summary>
public sealed class LogoutTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Bye = "https://app.example.com/bye";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task The_session_of_the_hint_ends_at_once_and_its_cookie_is_worth_nothing()
    {
        var (client, cookie, hint) = await SignedInAsync();

        using var answer = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("post_logout_redirect_uri", Bye), ("state", "s 1"));

        Assert.Equal(
            (HttpStatusCode.Redirect, Bye + "?state=s%201"),
            (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task An_expired_hint_still_speaks()
    {
        var (client, _, hint) = await SignedInAsync();
        server.Time.Advance(TimeSpan.FromDays(2));
        var cookie = await server.StartSessionAsync();

        using var answer = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("post_logout_redirect_uri", Bye));

        // Another session of the same user: not the hint's, so a person is asked.
        Assert.StartsWith("/u/logout?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Null(await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task Without_a_hint_a_person_is_asked_and_nothing_ends()
    {
        var (client, cookie, _) = await SignedInAsync();

        using var answer = await GetAsync(
            "/oidc/logout", cookie, ("client_id", client.ClientId), ("post_logout_redirect_uri", Bye));

        Assert.StartsWith("/u/logout?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Null(await SilentAsync(client, cookie));
    }

    [Theory]
    [InlineData("https://app.example.com/bye/")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("\\\\\\evil.example")]
    [InlineData("https://second.example.com/bye")]
    [InlineData("https://second.example.com/bye?https://app.example.com/bye")]
    [InlineData("https://app.example.com/bye/?x")]
    [InlineData("https://app.example.com/bye;x")]
    [InlineData("https://app.example.com\\@evil.example/bye?x")]
    [InlineData("https://app.example.com/bye?\u00e9")]
    [InlineData("https://app.example.com/bye?a\r\nSet-Cookie: x")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_that_is_not_registered_ends_nothing_and_goes_nowhere(string uri)
    {
        var (client, cookie, hint) = await SignedInAsync();
        await server.AddClientAsync(c => c.AllowedLogoutUrls = ["https://second.example.com/bye"]);

        using var oidc = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("post_logout_redirect_uri", uri));
        using var auth0 = await GetAsync("/v2/logout", cookie, ("client_id", client.ClientId), ("returnTo", uri));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (oidc.StatusCode, auth0.StatusCode));
        Assert.Null(await SilentAsync(client, cookie));
    }

    [Theory]
    [InlineData("https://app.example.com/bye?user=1&from=%2Fx")]
    [InlineData("https://app.example.com/bye#x")]
    [InlineData("https://app.example.com/bye?a#b?c")]
    public async Task Only_returnTo_is_compared_without_its_query_and_fragment(string uri)
    {
        var (client, cookie, hint) = await SignedInAsync();

        using var oidc = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("post_logout_redirect_uri", uri));
        using var auth0 = await GetAsync("/v2/logout", cookie, ("client_id", client.ClientId), ("returnTo", uri));

        Assert.Equal(HttpStatusCode.BadRequest, oidc.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, uri), (auth0.StatusCode, auth0.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task A_hint_that_is_not_ours_is_refused(string hint)
    {
        var (client, cookie, _) = await SignedInAsync();

        using var answer = await GetAsync("/oidc/logout", cookie, ("id_token_hint", hint));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await SilentAsync(client, cookie));
    }

    /// <summary>OpenID Connect RP-Initiated Logout 1.0 §2.</summary>
    [Fact]
    public async Task A_client_id_beside_a_hint_must_be_its_audience()
    {
        var (client, cookie, hint) = await SignedInAsync();
        var other = await server.AddClientAsync();

        using var foreign = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("client_id", other.ClientId));

        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Null(await SilentAsync(client, cookie));
        using var own = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("client_id", client.ClientId));
        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task A_hint_that_is_signed_with_the_clients_secret_ends_the_session_at_once()
    {
        var (client, cookie, hint) = await SignedInAsync(c => c.IdTokenAlgorithm = "HS256");

        using var answer = await GetAsync(
            "/oidc/logout", cookie, ("id_token_hint", hint), ("post_logout_redirect_uri", Bye));

        Assert.Equal(Bye, answer.Headers.Location?.OriginalString);
        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task An_access_token_and_a_signed_userinfo_response_are_not_hints()
    {
        var client = await server.AddClientAsync(c => c.UserInfoAlgorithm = "RS256");
        var api = await server.AddApiAsync(identifier: "https://logout.example.com");
        var tokens = await oauth.GetTokensAsync(client, "openid", api.Identifier);
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/userinfo")
        {
            Headers = { Authorization = new("Bearer", tokens["access_token"]) },
        };
        using var userInfo = await http.SendAsync(request);
        Assert.Equal("application/jwt", userInfo.Content.Headers.ContentType?.MediaType);
        var cookie = await server.StartSessionAsync();

        foreach (var hint in (string?[])[tokens["access_token"], await userInfo.Content.ReadAsStringAsync()])
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(hint));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(tokens["id_token"]));

        async Task<HttpStatusCode> StatusAsync(string? hint)
        {
            using var answer = await GetAsync("/oidc/logout", cookie, ("id_token_hint", hint));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task V2_logout_ends_the_session_and_returns()
    {
        var (client, cookie, _) = await SignedInAsync();

        using var answer = await GetAsync(
            "/v2/logout", cookie, ("client_id", client.ClientId), ("returnTo", Bye), ("federated", ""),
            ("auth0Client", "x"));

        Assert.Equal((HttpStatusCode.Redirect, Bye), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task V2_logout_without_return_to_goes_to_the_first_allowed_url()
    {
        var (client, cookie, _) = await SignedInAsync();

        using var answer = await GetAsync("/v2/logout", cookie, ("client_id", client.ClientId));

        Assert.Equal(Bye, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Sec-Fetch-Dest", "image")]
    [InlineData("Sec-Fetch-Dest", "iframe")]
    [InlineData("Sec-Fetch-Dest", "empty")]
    [InlineData("Sec-Fetch-Mode", "no-cors")]
    [InlineData("Sec-Fetch-Mode", "cors")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    public async Task Only_a_navigation_ends_a_session(string header, string value)
    {
        var (client, cookie, hint) = await SignedInAsync();

        using var auth0 = await SendAsync($"/v2/logout?client_id={client.ClientId}", cookie, (header, value));
        using var oidc = await SendAsync($"/oidc/logout?id_token_hint={hint}", cookie, (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, auth0.StatusCode);
        Assert.StartsWith("/u/logout?state=", oidc.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Null(await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task A_navigation_that_a_browser_marks_as_one_ends_a_session()
    {
        var (client, cookie, _) = await SignedInAsync();

        using var answer = await SendAsync(
            $"/v2/logout?client_id={client.ClientId}",
            cookie,
            ("Sec-Fetch-Dest", "document"),
            ("Sec-Fetch-Mode", "navigate"));

        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task A_hint_that_a_client_signed_itself_ends_no_session_that_it_does_not_name()
    {
        var (client, cookie, hint) = await SignedInAsync(c => c.IdTokenAlgorithm = "HS256");
        var claims = OAuth.ClaimsOf(hint);
        string? Claim(string name) => claims.GetProperty(name).GetString();

        var own = Sign(claim => claim("sid", Claim("sid")));
        foreach (var forged in (string[])[Sign(_ => { }), Sign(claim => claim("sid", "another"))])
        {
            using var asked = await GetAsync("/oidc/logout", cookie, ("id_token_hint", forged));
            Assert.StartsWith("/u/logout?state=", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Null(await SilentAsync(client, cookie));
        using var ended = await GetAsync("/oidc/logout", cookie, ("id_token_hint", own));
        Assert.Equal("login_required", await SilentAsync(client, cookie));

        string Sign(Action<Action<string, string?>> more) =>
            JwtWriter.Sign(new SymmetricSigner(TestData.Secret), "JWT", json =>
            {
                foreach (var name in (string[])["iss", "aud", "sub"])
                    json.WriteString(name, Claim(name));
                json.WriteNumber("exp", claims.GetProperty("exp").GetInt64());
                more(json.WriteString);
            });
    }

    [Fact]
    public async Task A_hint_from_before_the_user_signed_in_again_in_the_same_browser_still_ends_the_session()
    {
        var client = await server.AddPublicClientAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        var tokens = await oauth.RedeemAsync(client, browser.Returned("code")!, ("code_verifier", OAuth.Verifier));
        await browser.OpenAsync(client.Authorize(("prompt", "login")));
        await browser.SignInAsync();

        await browser.OpenAsync("/oidc/logout?id_token_hint=" + tokens["id_token"]);

        Assert.Contains("You are signed out", browser.Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string url, string cookie, params (string Name, string Value)[] headers)
    {
        using var http = server.NewHttp();
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Add("Cookie", "sid=" + cookie);
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        return await http.SendAsync(message);
    }

    private async Task<(Client Client, string Cookie, string? Hint)> SignedInAsync(Action<Client>? change = null)
    {
        var client = await server.AddClientAsync(change);
        var cookie = await server.StartSessionAsync();
        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client), cookie);
        return (client, cookie, (await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]))["id_token"]);
    }

    private async Task<string?> SilentAsync(Client client, string cookie)
    {
        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "none")), cookie);
        return OAuth.Redirected(answer).GetValueOrDefault("error");
    }

    private Task<HttpResponseMessage> GetAsync(
        string path, string cookie, params (string Name, string? Value)[] parameters) =>
        SendAsync(QueryHelpers.AddQueryString(path, parameters.ToDictionary(p => p.Name, p => p.Value)), cookie);
}
