using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.PushedRequests;

/// <summary>RFC 9126 §2: what can be pushed, and by whom.</summary>
public sealed class PushTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_client_gets_a_reference_for_a_minute()
    {
        var answer = await oauth.PushAsync(await server.AddClientAsync());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.StartsWith("urn:ietf:params:oauth:request_uri:", answer["request_uri"], StringComparison.Ordinal);
        Assert.Equal(60, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(2, answer.Json.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_public_client_pushes_by_name_and_with_PKCE()
    {
        var spa = await server.AddPublicClientAsync();

        Assert.Equal(HttpStatusCode.Created, (await oauth.PushAsync(spa)).Status);
        Assert.Equal(
            "invalid_request",
            (await oauth.PushAsync(spa, ("code_challenge", null), ("code_challenge_method", null))).Error);
    }

    [Fact]
    public async Task Json_is_read_as_at_the_token_endpoint_and_the_client_id_may_be_only_in_the_header()
    {
        var client = await server.AddClientAsync();
        var json = System.Text.Json.JsonSerializer.Serialize(OAuth.RequestOf(client, ("client_id", null)));
        using var message = new HttpRequestMessage(HttpMethod.Post, "/oauth/par")
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        message.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{client.ClientId}:{TestData.Secret}")));

        var answer = await oauth.SendAsync(message);

        using var followed = await oauth.FollowAsync(client, answer["request_uri"]!, await server.StartSessionAsync());
        Assert.Contains("code", OAuth.Redirected(followed).Keys);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task Pushing_for_a_confidential_client_needs_its_credentials(string? secret) =>
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "invalid_client"),
            await StatusAsync(oauth.PushAsync(await server.AddClientAsync(), ("client_secret", secret))));

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/callback", "invalid_request")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unauthorized_client")]
    [InlineData("response_type", "nothing", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("scope", "bad\"scope", "invalid_scope")]
    [InlineData("audience", "https://nowhere.example.com", "access_denied")]
    [InlineData("resource", "https://nowhere.example.com", "invalid_target")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("dpop_jkt", "short", "invalid_request")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:abc", "invalid_request")]
    [InlineData("request_uri", "https://app.example.com/request.jwt", "invalid_request")]
    [InlineData("registration", "{}", "registration_not_supported")]
    public async Task Requests_that_the_authorization_endpoint_would_refuse_are_refused_when_pushed(
        string name, string? value,
        string error) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, error),
            await StatusAsync(oauth.PushAsync(await server.AddClientAsync(), (name, value))));

    [Fact]
    public async Task A_missing_redirect_uri_is_refused_where_it_could_mean_two()
    {
        var client = await server.AddClientAsync(
            c => c.Callbacks = [TestData.Callback, "https://app.example.com/other"]);

        Assert.Equal("invalid_request", (await oauth.PushAsync(client, ("redirect_uri", null))).Error);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Other_methods_are_not_allowed(string method) =>
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await oauth.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/oauth/par"))).Status);

    [Fact]
    public async Task A_confidential_client_may_push_more_than_fits_into_a_URL_and_a_public_one_may_not()
    {
        var state = new string('s', 20_000);
        var (web, spa) = (await server.AddClientAsync(), await server.AddPublicClientAsync());

        var reference = await oauth.ReferenceAsync(web, ("state", state));
        using var followed = await oauth.FollowAsync(web, reference, await server.StartSessionAsync());

        Assert.Equal(state, OAuth.Redirected(followed)["state"]);
        Assert.Equal("invalid_request", (await oauth.PushAsync(spa, ("state", state))).Error);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await oauth.PushAsync(web, ("state", new string('s', 70_000)))).Status);
    }

    [Fact]
    public async Task A_client_that_registered_itself_has_the_size_limit_of_a_public_one()
    {
        var client = await server.AddClientAsync(c => (c.IsSelfRegistered, c.IsFirstParty) = (true, false));

        Assert.Equal("invalid_request", (await oauth.PushAsync(client, ("state", new string('s', 20_000)))).Error);
        Assert.Equal(HttpStatusCode.Created, (await oauth.PushAsync(client)).Status);
    }

    [Fact]
    public async Task Anyone_may_push_a_few_requests_a_minute_and_a_vetted_client_any_number()
    {
        await using var own = new TestServer(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AuthServer:RateLimits:UnvettedPushesPerMinute"] = "2",
        });
        var calls = new OAuth(own);
        var (spa, web) = (await own.AddPublicClientAsync(), await own.AddClientAsync());
        var registered = await own.AddClientAsync(c => (c.IsSelfRegistered, c.IsFirstParty) = (true, false));

        Assert.Equal(HttpStatusCode.Created, (await calls.PushAsync(spa)).Status);
        Assert.Equal(HttpStatusCode.Created, (await calls.PushAsync(registered)).Status);
        var refused = await calls.PushAsync(spa);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (refused.Status, refused.Error));
        Assert.NotNull(refused.Headers.RetryAfter);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Created, (await calls.PushAsync(web)).Status);

        own.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await calls.PushAsync(spa)).Status);
    }

    [Fact]
    public async Task Many_addresses_together_may_push_ten_times_as_often_as_one()
    {
        await using var own = new TestServer(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AuthServer:RateLimits:UnvettedPushesPerMinute"] = "1",
            ["AuthServer:TrustedProxies:0"] = "127.0.0.1",
        });
        var (calls, spa) = (new OAuth(own), await own.AddPublicClientAsync());
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
        {
            using var push = new HttpRequestMessage(HttpMethod.Post, "/oauth/par");
            push.Headers.Add("X-Forwarded-For", $"198.51.100.{i}");
            push.Content = new FormUrlEncodedContent(OAuth.RequestOf(spa)!);
            statuses.Add((await calls.SendAsync(push)).Status);
        }

        Assert.All(statuses[..10], status => Assert.Equal(HttpStatusCode.Created, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[10]);
    }

    [Fact]
    public async Task A_request_that_must_be_pushed_is_refused_otherwise()
    {
        var client = await server.AddClientAsync(c => c.RequirePushedAuthorizationRequests = true);
        var cookie = await server.StartSessionAsync();

        using var plain = await oauth.AuthorizeAsync(OAuth.RequestOf(client), cookie);
        using var pushed = await oauth.FollowAsync(client, await oauth.ReferenceAsync(client), cookie);

        Assert.Equal("invalid_request", OAuth.Redirected(plain)["error"]);
        Assert.Contains("code", OAuth.Redirected(pushed).Keys);
    }

    [Fact]
    public async Task A_tenant_can_ask_it_of_everybody_but_its_own_account_page()
    {
        await using var own = new TestServer();
        await own.ChangeSettingsAsync(s =>
            s.Flags = new Dictionary<string, bool> { [TenantFlags.RequirePushedAuthorizationRequests] = true });
        var (client, calls) = (await own.AddClientAsync(), new OAuth(own));

        using var plain = await calls.AuthorizeAsync(OAuth.RequestOf(client), await own.StartSessionAsync());
        using var browser = new Browser(own);
        await browser.OpenAsync("/account");

        Assert.Equal("invalid_request", OAuth.Redirected(plain)["error"]);
        Assert.NotNull(browser.Input("password"));
        var metadata = await calls.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration"));
        Assert.True(metadata.Json.GetProperty("require_pushed_authorization_requests").GetBoolean());
    }

    [Fact]
    public async Task A_tenant_can_switch_it_off()
    {
        await using var own = new TestServer();
        await own.ChangeSettingsAsync(s => s.PushedAuthorizationRequestsSupported = false);
        var (client, calls) = (await own.AddClientAsync(), new OAuth(own));

        Assert.Equal((HttpStatusCode.NotFound, "endpoint_disabled"), await StatusAsync(calls.PushAsync(client)));
        using var followed = await calls.AuthorizeAsync(
            OAuth.RequestOf(client, ("request_uri", "urn:ietf:params:oauth:request_uri:x")),
            await own.StartSessionAsync());
        Assert.Equal("request_uri_not_supported", OAuth.Redirected(followed)["error"]);
        var metadata = await calls.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration"));
        Assert.Null(metadata["pushed_authorization_request_endpoint"]);
    }

    /// <summary>RFC 9449 §10.1.</summary>
    [Fact]
    public async Task A_proof_binds_the_code_and_contradicts_no_dpop_jkt()
    {
        var client = await server.AddClientAsync();
        using var caller = new DpopCaller(server);
        using var thief = new DpopCaller(server);
        (string, string?)[] request =
        [
            .. OAuth.RequestOf(client).Select(p => (p.Key, p.Value)), ("client_secret", TestData.Secret),
        ];

        Assert.Equal(
            "invalid_request",
            (await caller.PostAsync("/oauth/par", [.. request, ("dpop_jkt", thief.Key.Thumbprint)])).Error);
        Assert.Equal(
            "invalid_dpop_proof",
            (await caller.PostAsync("/oauth/par", request, caller.Proof("POST", "/oauth/token"))).Error);
        var proof = caller.Proof("POST", "/oauth/par");
        var pushed = await caller.PostAsync("/oauth/par", request, proof);
        Assert.Equal("invalid_dpop_proof", (await caller.PostAsync("/oauth/par", request, proof)).Error);
        using var followed = await oauth.FollowAsync(client, pushed["request_uri"]!, await server.StartSessionAsync());
        var code = OAuth.Redirected(followed)["code"];

        Assert.NotEmpty(pushed.Headers.GetValues("DPoP-Nonce"));
        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
        Assert.Equal("invalid_grant", (await thief.RedeemAsync(client, code)).Error);
        Assert.Equal(HttpStatusCode.OK, (await caller.RedeemAsync(client, code)).Status);
    }

    private static async Task<(HttpStatusCode, string?)> StatusAsync(Task<Answer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Error);
    }
}
