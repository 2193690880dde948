using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Tests;

/// <summary>
/// The clock jumps ahead, is swept by, and jumps back; what was used stays used, and what was locked opens in time.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private const string Offline = "openid offline_access";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestServer server = new();
    private readonly OAuth oauth;
    private Client client = null!;

    public ClockTests() => oauth = new OAuth(server);

    public static TheoryData<TimeSpan> JumpsBack => [TimeSpan.FromMinutes(10), TimeSpan.FromDays(1)];

    public async ValueTask InitializeAsync() =>
        client = await server.AddClientAsync(c =>
            c.RefreshTokens = new RefreshTokenPolicy { Rotating = true, Leeway = 60 });

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_proof_that_was_used_stays_used_though_the_clock_was_an_hour_ahead_meanwhile()
    {
        using var caller = new DpopCaller(server);
        var code = await oauth.CodeAsync(client);
        var proof = caller.Proof("POST", "/oauth/token");
        Assert.Equal(HttpStatusCode.OK, (await caller.RedeemAsync(client, code, proof)).Status);

        await BeAheadAsync(Hour);

        Assert.Equal(
            "invalid_dpop_proof", (await caller.RedeemAsync(client, await oauth.CodeAsync(client), proof)).Error);
    }

    [Fact]
    public async Task A_code_that_was_used_stays_used_though_the_clock_was_a_day_ahead_meanwhile()
    {
        var code = await oauth.CodeAsync(client, ("scope", Offline));
        await oauth.RedeemAsync(client, code);

        await BeAheadAsync(TimeSpan.FromDays(1));

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
    }

    [Theory]
    [MemberData(nameof(JumpsBack))]
    public async Task A_code_that_was_used_stays_used_after_a_jump_back_and_what_it_got_is_revoked(TimeSpan jump)
    {
        var code = await oauth.CodeAsync(client, ("scope", Offline));
        var tokens = await oauth.RedeemAsync(client, code);

        server.Time.Advance(-jump);

        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, tokens["refresh_token"])).Error);
    }

    [Theory]
    [MemberData(nameof(JumpsBack))]
    public async Task A_jump_back_does_not_stretch_the_leeway(TimeSpan jump)
    {
        var first = await oauth.GetTokensAsync(client, Offline);
        var second = await oauth.RefreshAsync(client, first["refresh_token"]);

        server.Time.Advance(-jump);

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, first["refresh_token"])).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, second["refresh_token"])).Error);
    }

    [Theory]
    [MemberData(nameof(JumpsBack))]
    public async Task A_family_goes_on_after_a_jump_back_with_tokens_of_the_usual_life(TimeSpan jump)
    {
        var first = await oauth.GetTokensAsync(client, Offline);

        server.Time.Advance(-jump);
        var second = await oauth.RefreshAsync(client, first["refresh_token"]);
        var third = await oauth.RefreshAsync(client, second["refresh_token"]);

        Assert.Equal(first["expires_in"], second["expires_in"]);
        var claims = OAuth.ClaimsOf(second["id_token"]);
        Assert.Equal(36_000, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(HttpStatusCode.OK, third.Status);
    }

    [Theory]
    [MemberData(nameof(JumpsBack))]
    public async Task A_login_in_the_future_does_not_satisfy_a_request_for_a_fresh_one(TimeSpan jump)
    {
        var cookie = await server.StartSessionAsync();

        server.Time.Advance(-jump);
        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", "login")), cookie);

        Assert.StartsWith("/u/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_opens_within_two_windows_of_a_jump_back()
    {
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        for (var i = 0; i < LoginRules.AccountFromAddress("", "").Free; i++)
            await browser.SignInAsync(password: $"wrong {i}");

        server.Time.Advance(-TimeSpan.FromDays(1));
        server.Time.Advance(TimeSpan.FromMinutes(30));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_jump_back_within_a_window_gives_no_more_tries()
    {
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        for (var i = 0; i < LoginRules.AccountFromAddress("", "").Free; i++)
            await browser.SignInAsync(password: $"wrong {i}");

        server.Time.Advance(-TimeSpan.FromMinutes(10));
        await browser.SignInAsync();

        Assert.Null(browser.LeftTo);
    }

    /// <summary>Ahead, swept, and right again.</summary>
    private async Task BeAheadAsync(TimeSpan time)
    {
        server.Time.Advance(time);
        await server.WithAsync<ExpiredRows, int>(rows =>
            rows.RemoveAsync(server.Time.GetUtcNow(), CancellationToken.None));
        server.Time.Advance(-time);
    }
}
