using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dpop;

/// <summary>RFC 9449 §8: the nonce, and the one retry that SDKs make.</summary>
public sealed class NonceTests(RunningServer running) : IClassFixture<RunningServer>, IDisposable
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private readonly DpopCaller caller = new(running.Server);

    public void Dispose() => caller.Dispose();

    [Fact]
    public async Task A_public_client_receives_the_nonce_and_retries_with_the_same_code()
    {
        var spa = await server.AddPublicClientAsync();
        var code = await oauth.CodeAsync(spa);

        var first = await caller.RedeemAsync(spa, code, caller.Proof("POST", "/oauth/token"));
        var nonce = Assert.Single(first.Headers.GetValues("DPoP-Nonce"));
        var second = await caller.RedeemAsync(spa, code, caller.Proof("POST", "/oauth/token", nonce: nonce));

        Assert.Equal((HttpStatusCode.BadRequest, "use_dpop_nonce"), (first.Status, first.Error));
        Assert.Equal((HttpStatusCode.OK, "DPoP"), (second.Status, second["token_type"]));
    }

    [Fact]
    public async Task A_refused_nonce_leaves_the_refresh_token_as_it_was()
    {
        var spa = await server.AddPublicClientAsync(c =>
            c.RefreshTokens = RefreshTokenPolicy.ForPublic with { Leeway = 0 });
        var refreshToken = (await caller.GetTokensAsync(spa, "openid offline_access"))["refresh_token"];

        Assert.Equal(
            "use_dpop_nonce",
            (await caller.RefreshAsync(spa, refreshToken, caller.Proof("POST", "/oauth/token", nonce: "made-up"))).Error
        );
        Assert.Equal(HttpStatusCode.OK, (await caller.RefreshAsync(spa, refreshToken)).Status);
    }

    [Fact]
    public async Task A_nonce_is_good_for_three_minutes_at_least_and_six_at_most()
    {
        var spa = await server.AddPublicClientAsync();
        var nonce = await caller.NonceAsync();

        server.Time.Advance(TimeSpan.FromSeconds(179));
        Assert.Equal(
            "invalid_grant",
            (await caller.RefreshAsync(spa, "unknown", caller.Proof("POST", "/oauth/token", nonce: nonce))).Error);
        server.Time.Advance(TimeSpan.FromSeconds(182));
        Assert.Equal(
            "use_dpop_nonce",
            (await caller.RefreshAsync(spa, "unknown", caller.Proof("POST", "/oauth/token", nonce: nonce))).Error);
    }

    [Theory]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public async Task With_a_nonce_the_clock_of_a_browser_may_be_five_minutes_wrong(int seconds, bool passes)
    {
        var spa = await server.AddPublicClientAsync();
        var iat = ("iat", $"{server.Time.GetUtcNow().ToUnixTimeSeconds() + seconds}");

        var answer = await caller.RefreshAsync(
            spa, "unknown", caller.Proof("POST", "/oauth/token", nonce: await caller.NonceAsync(), changes: iat));

        Assert.Equal(passes ? "invalid_grant" : "invalid_dpop_proof", answer.Error);
    }

    [Fact]
    public async Task At_userinfo_a_nonce_is_taken_and_a_wrong_one_is_not()
    {
        var token = (await caller.GetTokensAsync(await server.AddPublicClientAsync(), "openid"))["access_token"]!;

        Assert.Equal(
            HttpStatusCode.OK,
            (await caller.GetAsync(
                    "/userinfo", token, caller.Proof("GET", "/userinfo", token, await caller.NonceAsync()))).Status);
        var stale = await caller.GetAsync("/userinfo", token, caller.Proof("GET", "/userinfo", token, "stale"));
        Assert.Equal((HttpStatusCode.Unauthorized, "use_dpop_nonce"), (stale.Status, stale.Error));
        Assert.Contains(
            "error=\"use_dpop_nonce\"",
            Assert.Single(stale.Headers.WwwAuthenticate).Parameter,
            StringComparison.Ordinal);
        Assert.NotEmpty(stale.Headers.GetValues("DPoP-Nonce"));
    }

    [Fact]
    public async Task Scripts_may_send_the_proof_and_read_the_nonce()
    {
        await server.AddPublicClientAsync(c => c.WebOrigins = ["https://script.example.com"]);
        var preflight = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Options, "/oauth/token")
            {
                Headers =
                {
                    { "Origin", "https://script.example.com" },
                    { "Access-Control-Request-Method", "POST" },
                    { "Access-Control-Request-Headers", "dpop" },
                },
            });
        var answer = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
            {
                Headers = { { "Origin", "https://script.example.com" } },
            });

        Assert.Contains(
            "dpop",
            Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Headers")),
            StringComparison.OrdinalIgnoreCase);
        var exposed = Assert.Single(answer.Headers.GetValues("Access-Control-Expose-Headers"));
        Assert.Contains("DPoP-Nonce", exposed, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate", exposed, StringComparison.Ordinal);
    }
}
