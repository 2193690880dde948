using System.Globalization;
using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Limits;

namespace AuthServer.Web.Tests.Http;

/// <summary>docs/security.md#rate-limits: the limits of one address, and their headers.</summary>
public sealed class RateLimitTests : IAsyncDisposable
{
    private TestServer? started;

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Failed_client_authentications_lock_that_client_at_that_address_for_a_minute()
    {
        var server = Start();
        var (attacked, other) = (await server.AddClientAsync(), await server.AddClientAsync());
        var oauth = new OAuth(server);
        for (var i = 0; i < 20; i++)
            Assert.Equal("invalid_client", (await GuessAsync(oauth, attacked)).Error);

        var locked = await GuessAsync(oauth, attacked, TestData.Secret);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (locked.Status, locked.Error));
        Assert.Equal(("20", "0"), (Header(locked, "x-ratelimit-limit"), Header(locked, "x-ratelimit-remaining")));
        Assert.True(
            server.Time.GetUtcNow().ToUnixTimeSeconds()
                < long.Parse(Header(locked, "x-ratelimit-reset"), CultureInfo.InvariantCulture));
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        Assert.Equal("unauthorized_client", (await GuessAsync(oauth, other, TestData.Secret)).Error);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("unauthorized_client", (await GuessAsync(oauth, attacked, TestData.Secret)).Error);
    }

    [Fact]
    public async Task Right_secrets_are_never_counted()
    {
        var server = Start();
        var client = await server.AddClientAsync();
        for (var i = 0; i < 60; i++)
            Assert.Equal("unauthorized_client", (await GuessAsync(new OAuth(server), client, TestData.Secret)).Error);
    }

    [Fact]
    public async Task The_token_endpoint_has_a_limit_for_each_address()
    {
        var server = Start(("TokenPerMinute", "3"));
        var oauth = new OAuth(server);
        for (var i = 0; i < 3; i++)
            Assert.Equal(
                HttpStatusCode.BadRequest, (await oauth.PostAsync("/oauth/token", ("grant_type", "none"))).Status);

        Assert.Equal("too_many_requests", (await oauth.PostAsync("/oauth/token", ("grant_type", "none"))).Error);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("unsupported_grant_type", (await oauth.PostAsync("/oauth/token", ("grant_type", "none"))).Error);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Real-IP")]
    [InlineData("Forwarded")]
    [InlineData("True-Client-IP")]
    public async Task A_header_that_no_proxy_of_ours_wrote_changes_nothing(string header)
    {
        using var http = Start(("TokenPerMinute", "3")).NewHttp();
        HttpStatusCode last = default;
        foreach (
            var value in new[] { "1.2.3.4", "a", "::1%eth0", string.Join(", ", Enumerable.Repeat("9.9.9.9", 1_000)) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
            {
                Content = new FormUrlEncodedContent([new("grant_type", "none")]),
            };
            request.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? "for=" + value : value);
            using var answer = await http.SendAsync(request);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task The_management_API_reports_the_remaining_calls_and_then_refuses_in_its_own_shape()
    {
        var server = Start(("ManagementPerMinute", "2"));
        using var http = server.NewHttp();
        using var first = await http.GetAsync(new Uri("/api/v2/clients", UriKind.Relative));
        using var second = await http.GetAsync(new Uri("/api/v2/clients", UriKind.Relative));
        using var third = await http.GetAsync(new Uri("/api/v2/clients", UriKind.Relative));

        Assert.Equal(
            ["1", "0", "0"],
            new[] { first, second, third }.Select(answer => answer.Headers.GetValues("x-ratelimit-remaining").Single())
        );
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal(
            """
            {"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached",
            "errorCode":"too_many_requests"}
            """.ReplaceLineEndings(""),
            await third.Content.ReadAsStringAsync());
        Assert.NotNull(third.Headers.RetryAfter);
    }

    [Fact]
    public async Task After_too_many_forms_a_page_is_shown_and_the_user_can_continue_a_minute_later()
    {
        var server = Start(("FormsPerMinute", "2"));
        using var browser = new Browser(server);
        var client = await server.AddPublicClientAsync();
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(password: "wrong");
        await browser.SignInAsync(password: "wrong");
        await browser.SignInAsync(password: "wrong");
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("Too many requests", browser.Text, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task Pages_and_what_leads_to_them_are_limited()
    {
        var server = Start(("PagesPerMinute", "2"));
        using var http = server.NewHttp();
        string[] urls =
        [
            "/authorize?client_id=nobody", "/authorize/resume?state=x", "/continue?state=x",
            "/oidc/logout?client_id=nobody", "/v2/logout?client_id=nobody", "/u/login?state=x", "/account",
        ];

        foreach (var url in urls)
        {
            var limited = new List<bool>();
            for (var i = 0; i < 3; i++)
                limited.Add((await http.GetAsync(url)).StatusCode == HttpStatusCode.TooManyRequests);
            server.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal((url, "False, False, True"), (url, string.Join(", ", limited)));
        }
    }

    /// <summary>A return from a provider is stored as used, and a download reads every user.</summary>
    [Fact]
    public async Task Returns_from_a_provider_and_downloads_are_limited_as_forms_are()
    {
        using var http = Start(("FormsPerMinute", "4")).NewHttp();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/login/callback?state=x")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/downloads/users?key=x")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await http.GetAsync("/login/callback?state=x")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await http.GetAsync("/downloads/users?key=x")).StatusCode);
    }

    [Fact]
    public async Task Proofs_of_a_client_without_a_secret_are_remembered_up_to_a_limit()
    {
        var server = Start(("UnvettedProofsPerMinute", "3"));
        var (spa, web) = (await server.AddPublicClientAsync(), await server.AddClientAsync());
        using var caller = new DpopCaller(server);
        for (var i = 0; i < 3; i++)
            Assert.Equal("invalid_grant", (await caller.RedeemAsync(spa, "none")).Error);

        Assert.Equal("too_many_requests", (await caller.RedeemAsync(spa, "none")).Error);
        Assert.Equal("invalid_grant", (await caller.RedeemAsync(web, "none")).Error);
    }

    [Fact]
    public void Counting_takes_constant_memory_and_few_callers_share_a_count()
    {
        var counts = new FixedWindowCounters();
        var (now, minute) = (new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1));
        for (var i = 0; i < 20_000; i++)
            counts.Count($"2001:db8:{i:x}::/64", now, minute);

        Assert.InRange(Enumerable.Range(0, 100).Count(i => counts.Peek($"somebody {i}", now, minute) > 0), 0, 30);
        Assert.Equal(1, counts.Count("2001:db8:1::/64", now + minute, minute));
    }

    private TestServer Start(params (string Name, string Value)[] limits) =>
        started = new TestServer(
            settings: limits.ToDictionary(
                limit => "AuthServer:RateLimits:" + limit.Name, limit => (string?)limit.Value, StringComparer.Ordinal));

    /// <summary>A request that fails for the grant type's sake once the secret is right.</summary>
    private static Task<Answer> GuessAsync(OAuth oauth, Client client, string secret = "wrong") =>
        oauth.PostAsync(
            "/oauth/token", ("grant_type", "client_credentials"), ("client_id", client.ClientId),
            ("client_secret", secret), ("audience", "x"));

    private static string Header(Answer answer, string name) => answer.Headers.GetValues(name).Single();
}
