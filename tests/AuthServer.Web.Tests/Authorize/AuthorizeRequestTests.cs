using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>RFC 6749 §4.1.1 and §4.1.2.1: which requests are answered, and where their errors go.</summary>
public sealed class AuthorizeRequestTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_signed_in_user_comes_back_with_code_state_and_issuer()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client), await server.StartSessionAsync());

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(TestData.Callback + "?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var sent = OAuth.Redirected(answer);
        Assert.Equal(["code", "state", "iss"], sent.Keys);
        Assert.Equal(("xyzABC123", server.Issuer.Value), (sent["state"], sent["iss"]));
        Assert.True(sent["code"].Length >= 43);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("a&b=c%20d+e")]
    [InlineData("日本語 ✓ \"quotes\" <tags>")]
    [InlineData("{1000}")]
    public async Task State_comes_back_unchanged(string state)
    {
        state = state == "{1000}" ? new string('s', 1000) : state;
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("state", state)), await server.StartSessionAsync());

        Assert.Equal(state, OAuth.Redirected(answer)["state"]);
    }

    [Fact]
    public async Task The_bare_request_of_the_documents_works()
    {
        var client = await server.AddClientAsync();
        await server.AddApiAsync(identifier: "appointments:api");

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(
                client, ("scope", "appointments contacts"), ("audience", "appointments:api"), ("code_challenge", null),
                ("code_challenge_method", null)),
            await server.StartSessionAsync());

        Assert.Equal(["code", "state", "iss"], OAuth.Redirected(answer).Keys);
    }

    [Fact]
    public async Task A_fragment_of_the_redirect_uri_is_dropped()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("redirect_uri", TestData.Callback + "#top")), await server.StartSessionAsync());

        Assert.StartsWith(
            TestData.Callback + "?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_query_of_a_registered_redirect_uri_stays()
    {
        var client = await server.AddClientAsync(c => c.Callbacks = [TestData.Callback + "?tenant=1"]);

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client), await server.StartSessionAsync());

        Assert.StartsWith(
            TestData.Callback + "?tenant=1&code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_callback_may_be_left_out_and_one_of_two_may_not()
    {
        var one = await server.AddClientAsync();
        var two = await server.AddClientAsync(c => c.Callbacks = [TestData.Callback, "https://app.example.com/other"]);

        using var single = await oauth.AuthorizeAsync(
            OAuth.RequestOf(one, ("redirect_uri", null)), await server.StartSessionAsync());
        using var ambiguous = await oauth.AuthorizeAsync(
            OAuth.RequestOf(two, ("redirect_uri", null)), await server.StartSessionAsync());

        Assert.Contains("code", OAuth.Redirected(single).Keys);
        Assert.Equal((HttpStatusCode.BadRequest, null), (ambiguous.StatusCode, ambiguous.Headers.Location));
    }

    [Theory]
    [InlineData("response_mode", "fragment", "#")]
    [InlineData("response_mode", "query", "?")]
    public async Task The_response_mode_says_where_the_answer_stands(string name, string mode, string separator)
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, (name, mode)), await server.StartSessionAsync());

        Assert.StartsWith(
            TestData.Callback + separator + "code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_post_is_a_page_that_posts_itself_and_runs_nothing_else()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("response_mode", "form_post"), ("state", "\"><script>alert(1)</script>")),
            await server.StartSessionAsync());
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"<form method=\"post\" action=\"{TestData.Callback}\">", html, StringComparison.Ordinal);
        Assert.Contains("name=\"code\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains(
            "script-src 'sha256-",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    public async Task Without_a_client_and_a_trusted_redirect_uri_nothing_is_redirected(string name, string? value)
    {
        var client = await server.AddClientAsync();

        // With any other error, in any order (CVE-2026-41479).
        foreach (var (other, wrong) in ((string, string?)[])
                [
                    ("scope", "openid"),
                    ("response_type", "zzz"),
                    ("prompt", "bad"),
                    ("response_mode", "bad"),
                    ("request", "x"),
                    ("state", new string('s', 9000)),
                    ("max_age", "x"),
                ])
        {
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(client, (other, wrong), (name, value)), await server.StartSessionAsync());
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        }
    }

    [Theory]
    [InlineData("https://app.example.com/callback/")]
    [InlineData("https://app.example.com/callbac")]
    [InlineData("https://app.example.com/callback2")]
    [InlineData("https://app.example.com/Callback")]
    [InlineData("https://app.example.com/callback?")]
    [InlineData("https://app.example.com/callback?x=1")]
    [InlineData("https://app.example.com/callback;x")]
    [InlineData("https://app.example.com/callback/../callback")]
    [InlineData("https://app.example.com/x/../callback")]
    [InlineData("https://app.example.com/./callback")]
    [InlineData("https://app.example.com/%63allback")]
    [InlineData("https://app.example.com/callback%2e")]
    [InlineData("https://app.example.com/callback%00")]
    [InlineData("https://app.example.com/callback%20")]
    [InlineData("https://app.example.com/callback ")]
    [InlineData(" https://app.example.com/callback")]
    [InlineData("https://app.example.com//callback")]
    [InlineData("https://app.example.com\\callback")]
    [InlineData("https://app.example.com/callback\\")]
    [InlineData("https://app.example.com/\tcallback")]
    [InlineData("https://app.example.com:443/callback")]
    [InlineData("https://app.example.com:8443/callback")]
    [InlineData("https://APP.example.com/callback")]
    [InlineData("HTTPS://app.example.com/callback")]
    [InlineData("http://app.example.com/callback")]
    [InlineData("https://app.example.com./callback")]
    [InlineData("https://app。example.com/callback")]
    [InlineData("https://app.example.com.evil.example/callback")]
    [InlineData("https://evil.example/app.example.com/callback")]
    [InlineData("https://user@app.example.com/callback")]
    [InlineData("https://app.example.com@evil.example/callback")]
    [InlineData("https://evil.example#https://app.example.com/callback")]
    [InlineData("https://evil.example?https://app.example.com/callback")]
    [InlineData("https:app.example.com/callback")]
    [InlineData("https:///app.example.com/callback")]
    [InlineData("//app.example.com/callback")]
    [InlineData("/callback")]
    [InlineData("app.example.com/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://second.example.com/callback")]
    public async Task A_redirect_uri_that_is_not_byte_equal_gets_the_error_page(string asked)
    {
        var client = await server.AddClientAsync();
        await server.AddClientAsync(c => c.Callbacks = ["https://second.example.com/callback"]);

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("redirect_uri", asked)), await server.StartSessionAsync());

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", true)]
    [InlineData("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb", true)]
    [InlineData("http://[::1]/cb", "http://[::1]:49152/cb", true)]
    [InlineData("http://localhost/cb", "http://localhost:49152/cb", true)]
    [InlineData("http://127.0.0.1/cb", "http://localhost:49152/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.2:49152/cb", false)]
    [InlineData("http://127.0.0.1/cb", "https://127.0.0.1:49152/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb2", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.1/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://2130706433/cb", false)]
    [InlineData("http://localhost/cb", "http://localhost.evil.example/cb", false)]
    public async Task Only_the_port_of_a_loopback_address_may_vary_and_only_for_native_clients(
        string registered, string asked, bool native)
    {
        foreach (var appType in (string[])[AppTypes.Native, AppTypes.RegularWeb])
        {
            var client = await server.AddClientAsync(c => (c.AppType, c.Callbacks) = (appType, [registered]));
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(client, ("redirect_uri", asked)), await server.StartSessionAsync());
            var refused = answer.StatusCode == HttpStatusCode.BadRequest && answer.Headers.Location is null;
            Assert.Equal(!(native && appType == AppTypes.Native), refused);
        }
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unauthorized_client")]
    [InlineData("response_type", "id_token token", "unauthorized_client")]
    [InlineData("response_type", "code code", "unsupported_response_type")]
    [InlineData("response_type", "none", "unsupported_response_type")]
    [InlineData("response_mode", "smoke", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge", "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "something", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("audience", "https://nowhere.example.com", "access_denied")]
    [InlineData("audience", "{issuer}api/v2/", "access_denied")]
    [InlineData("connection", "nothing", "invalid_request")]
    [InlineData("organization", "org_abc", "invalid_request")]
    [InlineData("invitation", "ticket", "invalid_request")]
    [InlineData("dpop_jkt", "thumb", "invalid_request")]
    [InlineData("request_uri", "http://127.0.0.1:1/", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("id_token_hint", "not.a.token", "invalid_request")]
    [InlineData("scope", "bad\"scope", "invalid_scope")]
    public async Task Every_other_error_goes_back_to_the_client_with_state_and_issuer(
        string name, string? value, string error)
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, (name, value?.Replace("{issuer}", server.Issuer.Value, StringComparison.Ordinal))),
            await server.StartSessionAsync());

        var sent = OAuth.Redirected(answer);
        Assert.Equal((error, "xyzABC123", server.Issuer.Value), (sent["error"], sent["state"], sent["iss"]));
        Assert.NotEmpty(sent["error_description"]);
        Assert.DoesNotContain("code", sent.Keys);
    }

    [Fact]
    public async Task Unknown_parameters_and_those_that_change_nothing_are_ignored()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(
                client, ("extra", "foobar"), ("display", "popup"), ("acr_values", "1 2"), ("ui_locales", "se"),
                ("claims_locales", "se"), ("login_hint", "buffy@example.com"), ("auth0Client", "eyJ9"),
                ("ext-thing", "1"), ("state", "")),
            await server.StartSessionAsync());

        Assert.Equal(["code", "iss"], OAuth.Redirected(answer).Keys);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    [InlineData("state")]
    [InlineData("scope")]
    public async Task A_parameter_sent_twice_is_refused_without_a_redirect(string name)
    {
        var client = await server.AddClientAsync();
        var request = OAuth.RequestOf(client);
        using var http = server.NewHttp();

        var query =
            string.Join('&', request.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"))
            + $"&{name}={Uri.EscapeDataString(request[name]!)}";
        using var answer = await http.GetAsync("/authorize?" + query);

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Fact]
    public async Task Public_clients_need_pkce_and_confidential_ones_when_they_or_the_tenant_say_so()
    {
        var cookie = await server.StartSessionAsync();
        var (spa, strict, third) = (
            await server.AddPublicClientAsync(),
            await server.AddClientAsync(c => c.RequirePkce = true),
            await server.AddClientAsync(c => c.IsFirstParty = false));

        foreach (var client in (Client[])[spa, strict, third])
        {
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(client, ("code_challenge", null), ("code_challenge_method", null)), cookie);
            Assert.Equal("invalid_request", OAuth.Redirected(answer)["error"]);
        }
    }

    [Fact]
    public async Task A_client_without_the_grant_type_is_unauthorized()
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client), await server.StartSessionAsync());

        Assert.Equal("unauthorized_client", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task A_post_is_read_like_a_get()
    {
        var client = await server.AddClientAsync();
        using var http = server.NewHttp();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/authorize")
        {
            Content = new FormUrlEncodedContent(OAuth.RequestOf(client).ToDictionary(p => p.Key, p => p.Value!)),
        };
        message.Headers.Add("Cookie", "sid=" + await server.StartSessionAsync());

        using var answer = await http.SendAsync(message);

        Assert.Contains("code", OAuth.Redirected(answer).Keys);
    }
}
