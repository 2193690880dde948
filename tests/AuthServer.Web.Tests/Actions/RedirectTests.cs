using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions that send the user to another application, and resume when the user is back.</summary>
public sealed class RedirectTests(ActionScenario scenario) : IClassFixture<ActionScenario>
{
    private const string Consent =
        """
        exports.onExecutePostLogin = async (event, api) => {
          api.accessToken.setCustomClaim('https://x.example/before', 1);
          api.transaction.setMetadata('step', 'one');
          const session_token = api.redirect.encodeToken({ secret: event.secrets.KEY, payload: { terms: 3 } });
          api.redirect.sendUserTo('https://terms.example/accept?lang=en', { query: { session_token } });
        };
        exports.onContinuePostLogin = async (event, api) => {
          const { accepted } = api.redirect.validateToken({ secret: event.secrets.KEY });
          api.idToken.setCustomClaim('https://x.example/accepted', [accepted, event.transaction.metadata.step]);
          api.user.setUserMetadata('accepted', accepted);
        };
        """;

    private const string Next =
        """
        exports.onExecutePostLogin = async (event, api) => {
          api.idToken.setCustomClaim('https://x.example/next', event.user.user_metadata.accepted);
        };
        """;

    private readonly OAuth oauth = scenario.OAuth;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_login_goes_on_with_the_Action_that_sent_the_user_away(string method)
    {
        await scenario.BindAsync("post-login", Consent, Next);
        var (cookie, state, token) = await LeaveAsync();

        Assert.Equal(3, OAuth.ClaimsOf(token).GetProperty("terms").GetInt32());
        using var answer = await ReturnAsync(method, cookie, state, TokenFor(state, "yes"));
        var issued = await oauth.RedeemAsync(scenario.Client, OAuth.Redirected(answer)["code"]);

        var claims = OAuth.ClaimsOf(issued["id_token"]);
        Assert.Equal("""["yes","one"]""", claims.GetProperty("https://x.example/accepted").GetRawText());
        Assert.Equal("yes", claims.GetProperty("https://x.example/next").GetString());
        Assert.Equal(1, OAuth.ClaimsOf(issued["access_token"]).GetProperty("https://x.example/before").GetInt32());
    }

    /// <summary>Names that are secrets in a request of the protocol are an application's own here.</summary>
    [Theory]
    [InlineData("GET", "state code token")]
    [InlineData("POST", "state")]
    [InlineData("POST", "")]
    public async Task All_that_the_application_sends_back_is_in_the_event(string method, string inQuery)
    {
        await scenario.BindAsync(
            "post-login",
            """
            exports.onExecutePostLogin = async (event, api) => {
              api.transaction.setMetadata('id', event.transaction.id);
              api.redirect.sendUserTo('https://terms.example/accept?lang=en', { query: { session_token: 'x' } });
            };
            exports.onContinuePostLogin = async (event, api) => {
              const secret = event.secrets.KEY, { id, metadata } = event.transaction;
              const { accepted } = api.redirect.validateToken({ secret, tokenParameterName: 'token' });
              const { code } = { ...event.request.query, ...event.request.body };
              api.idToken.setCustomClaim('https://x.example/sent', [accepted, code, id === metadata.id]);
            };
            """);
        var (cookie, state, _) = await LeaveAsync();
        var sent = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["state"] = state,
            ["code"] = "123456",
            ["token"] = TokenFor(state, "yes"),
        };
        var query = sent.Where(pair => inQuery.Split(' ').Contains(pair.Key, StringComparer.Ordinal)).ToList();

        using var answer = await ReturnAsync(method, cookie, query, sent.Except(query));
        var issued = await oauth.RedeemAsync(scenario.Client, OAuth.Redirected(answer)["code"]);

        Assert.Equal(
            """["yes","123456",true]""",
            OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/sent").GetRawText());
    }

    [Fact]
    public async Task A_state_is_used_once_and_in_its_session_only()
    {
        await scenario.BindAsync("post-login", Consent);
        var (cookie, state, _) = await LeaveAsync();
        var other = await scenario.Server.StartSessionAsync();

        using var stolen = await ReturnAsync("GET", other, state, TokenFor(state, "yes"));
        using var first = await ReturnAsync("GET", cookie, state, TokenFor(state, "yes"));
        using var second = await ReturnAsync("GET", cookie, state, TokenFor(state, "yes"));
        using var forged = await ReturnAsync("GET", cookie, state + "x", TokenFor(state, "yes"));

        Assert.Equal("invalid_request", OAuth.Redirected(stolen)["error"]);
        Assert.True(OAuth.Redirected(first).ContainsKey("code"));
        Assert.Equal("invalid_request", OAuth.Redirected(second)["error"]);
        Assert.Equal(400, (int)forged.StatusCode);
    }

    [Fact]
    public async Task A_pushed_request_is_kept_while_the_user_is_away()
    {
        await scenario.BindAsync("post-login", Consent);
        var reference = await oauth.ReferenceAsync(scenario.Client, ("audience", TestData.Api));
        var cookie = await scenario.Server.StartSessionAsync();
        using var left = await oauth.FollowAsync(scenario.Client, reference, cookie);
        var state = QueryHelpers.ParseQuery(left.Headers.Location!.Query)["state"].ToString();

        scenario.Server.Time.Advance(TimeSpan.FromMinutes(2));
        await scenario.Server.WithAsync<ExpiredRows, int>(
            rows => rows.RemoveAsync(scenario.Server.Time.GetUtcNow(), CancellationToken.None));
        using var answer = await ReturnAsync("GET", cookie, state, TokenFor(state, "yes"));

        Assert.True(OAuth.Redirected(answer).ContainsKey("code"));
    }

    [Fact]
    public async Task A_token_that_is_not_the_application_s_is_refused()
    {
        await scenario.BindAsync("post-login", Consent);
        var (cookie, state, _) = await LeaveAsync();

        using var answer = await ReturnAsync("GET", cookie, state, TokenFor("another state", "yes"));

        Assert.StartsWith(
            "The session token is invalid", OAuth.Redirected(answer)["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_browser_to_redirect_the_login_fails()
    {
        await scenario.BindAsync("post-login", Consent);

        using var silent = await oauth.AuthorizeAsync(
            OAuth.RequestOf(scenario.Client, ("prompt", "none")), await scenario.Server.StartSessionAsync());
        var password = await scenario.PasswordAsync();

        Assert.Equal("interaction_required", OAuth.Redirected(silent)["error"]);
        Assert.Equal("access_denied", password.Error);
        Assert.Equal("api.redirect.sendUserTo needs the browser of the user", password["error_description"]);
    }

    private async Task<(string Cookie, string State, string Token)> LeaveAsync()
    {
        var cookie = await scenario.Server.StartSessionAsync();
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(scenario.Client, ("audience", TestData.Api)), cookie);
        var sent = answer.Headers.Location!;
        Assert.StartsWith(
            "https://terms.example/accept?lang=en&session_token=", sent.AbsoluteUri, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(sent.Query);
        return (cookie, query["state"].ToString(), query["session_token"].ToString());
    }

    private Task<HttpResponseMessage> ReturnAsync(string method, string cookie, string state, string token)
    {
        var sent = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["state"] = state,
            ["session_token"] = token,
        };
        return method == "GET" ? ReturnAsync(method, cookie, sent, []) : ReturnAsync(method, cookie, [], sent);
    }

    private async Task<HttpResponseMessage> ReturnAsync(
        string method,
        string cookie,
        IEnumerable<KeyValuePair<string, string?>> query,
        IEnumerable<KeyValuePair<string, string?>> form)
    {
        using var http = scenario.Server.NewHttp();
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method), QueryHelpers.AddQueryString("/continue", query));
        if (method == "POST")
            request.Content = new FormUrlEncodedContent(form!);
        request.Headers.Add("Cookie", "sid=" + cookie);
        return await http.SendAsync(request);
    }

    /// <summary>Token that the other application signs, with the secret that it shares with the Action.</summary>
    private string TokenFor(string state, string accepted)
    {
        var claims = JsonSerializer.Serialize(new { sub = scenario.UserId, state, accepted, exp = 4102444800 });
        var header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var input = header + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return input + "." + Base64Url.EncodeToString(HMACSHA256.HashData("k"u8, Encoding.ASCII.GetBytes(input)));
    }
}
