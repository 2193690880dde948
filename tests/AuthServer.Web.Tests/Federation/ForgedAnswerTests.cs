using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Federation;

/// <summary>Answers that no provider gave to this browser: RFC 9207, RFC 9700 §4.4, ASVS 6.8.2.</summary>
public sealed class ForgedAnswerTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
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
    public async Task A_state_works_once()
    {
        var asked = await scenario.LeaveAsync(browser);
        var name = browser.Cookies.Keys.Single(cookie => cookie.StartsWith("idp-", StringComparison.Ordinal));
        var cookie = browser.Cookies[name];
        await browser.OpenAsync(scenario.Provider.Agree(asked));
        Assert.NotNull(browser.Returned("code"));
        Assert.DoesNotContain(name, browser.Cookies.Keys);

        browser.SetCookie(name, cookie);
        await browser.OpenAsync(scenario.Provider.Agree(asked));
        Assert.Equal((HttpStatusCode.BadRequest, 1), (browser.Status, scenario.Provider.Hits("/token")));
    }

    [Fact]
    public async Task A_state_in_another_browser_is_worth_nothing()
    {
        var answer = scenario.Provider.Agree(await scenario.LeaveAsync(browser));
        using var thief = new Browser(scenario.Server);
        await scenario.LeaveAsync(thief);
        await thief.OpenAsync(answer);

        Assert.Equal(
            (HttpStatusCode.BadRequest, 0, 0),
            (thief.Status, scenario.Provider.Hits("/token"), await scenario.SessionsAsync()));
        await browser.OpenAsync(answer);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_state_of_one_request_does_not_carry_another()
    {
        var one = await scenario.LeaveAsync(browser);
        await browser.OpenAsync(scenario.Client.Authorize(("state", "attackers")));
        var other = QueryHelpers.ParseQuery(browser.Url.Query)["state"].ToString();
        var state = QueryHelpers.ParseQuery(one.Query)["state"].ToString();
        await OpenCallbackAsync(
            ("code", "c"), ("iss", scenario.Provider.Url), ("state", state.Split('.')[0] + "." + other));

        Assert.Equal((HttpStatusCode.BadRequest, 0), (browser.Status, scenario.Provider.Hits("/token")));
    }

    [Fact]
    public async Task A_login_at_a_provider_expires_after_a_quarter_of_an_hour()
    {
        var asked = await scenario.LeaveAsync(browser);
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(15));
        await browser.OpenAsync(scenario.Provider.Agree(asked));

        Assert.Contains("took too long", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=")]
    [InlineData("?code=x&state=forged")]
    [InlineData("?code=x&state=a.b.c")]
    [InlineData("?code=x&state=.")]
    [InlineData("?code=1&code=2&state=x")]
    public async Task A_callback_out_of_nowhere_is_a_page(string query)
    {
        await browser.OpenAsync("/login/callback" + query);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    public async Task An_answer_of_another_issuer_or_of_none_goes_to_no_token_endpoint(string? iss)
    {
        await browser.OpenAsync(scenario.Provider.Agree(await scenario.LeaveAsync(browser), iss));

        Assert.Equal((HttpStatusCode.BadRequest, 0), (browser.Status, scenario.Provider.Hits("/token")));
    }

    [Fact]
    public async Task A_provider_that_never_says_who_answers_is_not_asked_to()
    {
        scenario.Provider.Document = document => document.Remove("authorization_response_iss_parameter_supported");
        await browser.OpenAsync(scenario.Provider.Agree(await scenario.LeaveAsync(browser), iss: null));

        Assert.NotNull(browser.Returned("code"));
    }

    /// <summary>The mix-up attack: a code of one provider with the state of the other.</summary>
    [Fact]
    public async Task The_code_of_one_provider_is_not_brought_to_another()
    {
        await using var evil = await FakeProvider.StartAsync(scenario.Server.Time);
        evil.Document = document => document.Remove("authorization_response_iss_parameter_supported");
        await scenario.ConnectAsync("evil", "oidc", new { issuer = evil.Url });
        var state = QueryHelpers.ParseQuery((await scenario.LeaveAsync(browser, "evil")).Query)["state"].ToString();
        var code = QueryHelpers
            .ParseQuery(new Uri(scenario.Provider.Agree(await scenario.LeaveAsync(browser))).Query)["code"]
            .ToString();

        await OpenCallbackAsync(("code", code), ("state", state), ("iss", scenario.Provider.Url));
        Assert.Equal((HttpStatusCode.BadRequest, 0), (browser.Status, evil.Hits("/token")));
    }

    public static TheoryData<string> Forgeries =>
        [
            "nonce", "no nonce", "issuer", "audience", "two audiences", "azp", "expired", "future", "no exp", "no sub",
            "empty sub", "long sub", "number sub", "nbf",
        ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_with_a_wrong_claim_signs_no_user_in(string wrong)
    {
        var now = scenario.Server.Time.GetUtcNow().ToUnixTimeSeconds();
        scenario.Provider.Change = claims =>
        {
            var (name, value) = wrong switch
            {
                "nonce" => ("nonce", "another"),
                "issuer" => ("iss", scenario.Provider.Url + "/"),
                "audience" => ("aud", "somebody"),
                "two audiences" => ("aud", new[] { FakeProvider.ClientId, "somebody" }),
                "azp" => ("azp", "somebody"),
                "expired" => ("exp", now - 61),
                "future" => ("iat", now + 120),
                "empty sub" => ("sub", ""),
                "long sub" => ("sub", new string('x', 256)),
                "number sub" => ("sub", 7),
                "nbf" => ("nbf", now + 120),
                _ => (wrong["no ".Length..], (object?)null),
            };
            if (value is null)
                claims.Remove(name);
            else
                claims[name] = value;
        };
        await RefusedAsync();
    }

    public static TheoryData<string> Signatures =>
        [
            "none", "None", "empty", "other key", "embedded", "HS256 by the secret", "HS256 by the key", "RS384",
            "crit", "flipped",
        ];

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task A_token_with_a_wrong_signature_signs_no_user_in(string kind)
    {
        var provider = scenario.Provider;
        using var other = RSA.Create(2048);
        provider.Forge = claims =>
        {
            var good = provider.Sign(claims);
            var parts = good.Split('.');
            return kind switch
            {
                "none" or "None" => Unsigned(kind, claims) + ".",
                "empty" => $"{parts[0]}.{parts[1]}.",
                "other key" => Signed(other, parts[0] + "." + parts[1]),
                "embedded" => Signed(
                    other,
                    FakeProvider.Encode(
                        new
                        {
                            alg = "RS256",
                            kid = provider.Kid,
                            jwk = Jwk(other),
                        })
                        + "."
                        + parts[1]),
                "HS256 by the secret" => Mac(
                    Unsigned("HS256", claims), Encoding.UTF8.GetBytes(FakeProvider.ClientSecret)),
                "HS256 by the key" => Mac(Unsigned("HS256", claims), provider.Key.ExportSubjectPublicKeyInfo()),
                "RS384" => provider.Sign(
                    claims, header: new(StringComparer.Ordinal) { ["alg"] = "RS384", ["kid"] = provider.Kid }),
                "crit" => provider.Sign(
                    claims,
                    header: new(StringComparer.Ordinal)
                    {
                        ["alg"] = "RS256",
                        ["kid"] = provider.Kid,
                        ["crit"] = new[] { "bork" },
                    }),
                _ => $"{parts[0]}.{FakeProvider.Encode(With(claims, "sub", "ada"))}.{parts[2]}",
            };
        };
        await RefusedAsync();
    }

    [Fact]
    public async Task PS256_is_as_good_and_a_connection_may_name_its_algorithms()
    {
        scenario.Provider.Forge = claims => scenario.Provider.Sign(claims, "PS256");
        await scenario.SignInWithProviderAsync(browser);
        Assert.NotNull(browser.Returned("code"));

        await scenario.ConnectAsync(
            "strict",
            "oidc",
            new { issuer = scenario.Provider.Url, id_token_signed_response_algs = new[] { "RS256" } });
        await scenario.SignInWithProviderAsync(browser, connection: "strict");
        Assert.Null(browser.LeftTo);
    }

    [Fact]
    public async Task A_new_key_is_fetched_once_and_unknown_ones_do_not_make_us_ask_again()
    {
        await scenario.SignInWithProviderAsync(browser);
        Assert.Equal(1, scenario.Provider.Hits("/jwks"));
        (scenario.Provider.Kid, scenario.Provider.Key) = ("k2", RSA.Create(2048));
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        await scenario.SignInWithProviderAsync(browser, more: ("prompt", "login"));
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal(2, scenario.Provider.Hits("/jwks"));

        scenario.Provider.Forge = claims =>
            scenario.Provider.Sign(
                claims, header: new(StringComparer.Ordinal) { ["alg"] = "RS256", ["kid"] = "unknown" });
        for (var i = 0; i < 3; i++)
        {
            scenario.Server.Time.Advance(TimeSpan.FromSeconds(1));
            await scenario.SignInWithProviderAsync(browser, more: ("prompt", "login"));
        }

        Assert.Null(browser.LeftTo);
        Assert.Equal(2, scenario.Provider.Hits("/jwks"));
    }

    [Fact]
    public async Task Userinfo_of_another_user_is_refused()
    {
        scenario.Provider.Profile = new { sub = "ada", email = "ada@example.com" };

        await RefusedAsync();
    }

    private async Task RefusedAsync()
    {
        await scenario.SignInWithProviderAsync(browser);

        Assert.Equal(
            (HttpStatusCode.BadRequest, null, 0), (browser.Status, browser.LeftTo, await scenario.SessionsAsync()));
        Assert.Contains("answer is not valid", browser.Text, StringComparison.Ordinal);
        Assert.Empty(await scenario.UsersAsync());
    }

    private Task<Browser> OpenCallbackAsync(params (string Name, string Value)[] answer) =>
        browser.OpenAsync(
            QueryHelpers.AddQueryString(
                "/login/callback",
                answer.ToDictionary(pair => pair.Name, pair => (string?)pair.Value, StringComparer.Ordinal)));

    private string Unsigned(string algorithm, object claims) =>
        FakeProvider.Encode(new { alg = algorithm, kid = scenario.Provider.Kid }) + "." + FakeProvider.Encode(claims);

    private static Dictionary<string, object?> With(
        IEnumerable<KeyValuePair<string, object?>> claims, string name, string value) =>
        new(claims, StringComparer.Ordinal) { [name] = value };

    private static string Mac(string input, byte[] key) =>
        input + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(input)));

    private static string Signed(RSA key, string input) =>
        input
        + "."
        + Base64Url.EncodeToString(
            key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static object Jwk(RSA key)
    {
        var p = key.ExportParameters(false);
        return new { kty = "RSA", n = Base64Url.EncodeToString(p.Modulus), e = Base64Url.EncodeToString(p.Exponent) };
    }
}
