using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Tests.Federation;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>A request is refused at once or works to its end: there is one limit, on what the pages carry.</summary>
public sealed class RequestSizeTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private const string Owl = "\U0001F989";
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    public static TheoryData<string, int, bool> Texts => new()
    {
        { Owl, 1_000, false }, { Owl, 640, true }, { "\u8A9E", 2_600, true }, { "\u8A9E", 2_000, true },
        { "\"", 3_900, true }, { "<", 7_800, true }, { "a", 7_800, true }, { "a", 8_300, false },
    };

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

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_state_is_refused_at_once_or_comes_back(string text, int times, bool fits)
    {
        var state = string.Concat(Enumerable.Repeat(text, times));
        var form = QueryHelpers.ParseQuery(new Uri("https://x" + scenario.Client.Authorize(("state", state))).Query)
            .Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value.ToString()));
        using var http = scenario.Server.NewHttp();
        using var answer = await http.PostAsync("/authorize", new FormUrlEncodedContent(form));
        var location = answer.Headers.Location!.OriginalString;

        Assert.Equal(fits, location.StartsWith("/u/login", StringComparison.Ordinal));
        if (fits)
        {
            await SignInWithProviderAsync(location);
            Assert.Equal(state, browser.Returned("state"));
        }
        else
        {
            Assert.Equal("invalid_request", QueryHelpers.ParseQuery(new Uri(location).Query)["error"]);
        }
    }

    /// <summary>A page is a URL with the encrypted request in it, which may be this long.</summary>
    [Fact]
    public async Task The_page_of_the_longest_request_can_be_loaded()
    {
        await browser.OpenAsync("/u/login?state=" + new string('x', 12_200));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory]
    [InlineData(2_000, HttpStatusCode.SeeOther)]
    [InlineData(20_000, HttpStatusCode.BadRequest)]
    public async Task A_logout_too_is_refused_at_once_or_its_page_can_be_loaded(int length, HttpStatusCode expected)
    {
        await scenario.Server.ChangeAsync<Client>(
            c => c.ClientId == scenario.Client.ClientId, c => c.AllowedLogoutUrls = ["https://app.example/bye"]);
        using var http = scenario.Server.NewHttp();
        http.DefaultRequestHeaders.Add("Cookie", "sid=" + await scenario.Server.StartSessionAsync());
        using var answer = await http.PostAsync("/oidc/logout", new FormUrlEncodedContent(
        [
            new("client_id", scenario.Client.ClientId),
            new("post_logout_redirect_uri", "https://app.example/bye"),
            new("state", new string('s', length)),
        ]));

        Assert.Equal(expected, answer.StatusCode);
        if (answer.Headers.Location is { } page)
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(page)).StatusCode);
    }

    private async Task SignInWithProviderAsync(string loginPage)
    {
        await browser.OpenAsync(loginPage);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.ClickAsync("provider-corp");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));
    }
}
