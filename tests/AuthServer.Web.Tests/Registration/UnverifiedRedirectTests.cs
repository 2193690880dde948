using System.Net;
using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Model;
using AuthServer.Protocol.Authorize;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Registration;

/// <summary>
/// RFC 9700 §4.11: a link to this server does not lead to an address that a client registered for itself.
/// </summary>
public sealed class UnverifiedRedirectTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    private const string Bye = "https://evil.example/bye";
    private readonly TestServer server = scenario.Server;

    public static TheoryData<string, string> Logouts => new()
    {
        { "/v2/logout", "returnTo" },
        { "/oidc/logout", "post_logout_redirect_uri" },
    };

    [Theory]
    [MemberData(nameof(Logouts))]
    public async Task A_logout_without_a_session_names_the_host_and_links_to_it(string path, string parameter)
    {
        var client = await ClientAsync();
        using var browser = new Browser(server);

        await browser.OpenAsync(LogoutOf(client, path, parameter));

        AssertLinks(browser, Bye);
    }

    [Theory]
    [MemberData(nameof(Logouts))]
    public async Task A_logout_of_a_session_that_did_not_use_the_client_links_too(string path, string parameter)
    {
        var client = await ClientAsync();
        using var browser = await SignedInAsync(await server.AddPublicClientAsync());

        await browser.OpenAsync(LogoutOf(client, path, parameter));
        if (browser.Has("logout-confirm"))
            await browser.ClickAsync("logout-confirm");

        AssertLinks(browser, Bye);
    }

    [Theory]
    [MemberData(nameof(Logouts))]
    public async Task A_logout_of_a_session_that_used_the_client_redirects(string path, string parameter)
    {
        var client = await ClientAsync();
        using var browser = await SignedInAsync(client);

        await browser.OpenAsync(LogoutOf(client, path, parameter));
        if (browser.Has("logout-confirm"))
            await browser.ClickAsync("logout-confirm");

        Assert.Equal(Bye, browser.LeftTo?.OriginalString);
    }

    [Fact]
    public async Task A_hint_redirects_in_the_browser_of_its_session_only()
    {
        var client = await ClientAsync();
        using var browser = await SignedInAsync(client);
        var tokens = await scenario.OAuth.RedeemAsync(client, browser.Returned("code")!, Verifier);
        var url = LogoutOf(client, "/oidc/logout", "post_logout_redirect_uri")
            + "&id_token_hint=" + tokens["id_token"];
        using var other = new Browser(server);

        await other.OpenAsync(url);
        await browser.OpenAsync(url);

        AssertLinks(other, Bye);
        Assert.Equal(Bye, browser.LeftTo?.OriginalString);
    }

    [Theory]
    [InlineData("/u/logout")]
    [InlineData("/login/logged-out")]
    public async Task A_sealed_logout_of_another_browser_links(string path)
    {
        var pending = new PendingLogout(Bye, null, "Evil")
        {
            UnverifiedClientId = "x",
            Frames = ["https://evil.example/frame"],
        };
        using var browser = new Browser(server);

        await browser.OpenAsync($"{path}?state={server.Services.GetRequiredService<PendingLogouts>().Seal(pending)}");

        AssertLinks(browser, Bye);
        Assert.Null(browser.Page.QuerySelector("meta[http-equiv=refresh]"));
    }

    [Fact]
    public async Task Prompt_none_without_a_session_is_answered_by_a_link_with_the_error_in_it()
    {
        var client = await ClientAsync();
        using var browser = new Browser(server);

        await browser.OpenAsync(client.Authorize(("prompt", "none")));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        var link = AssertLinks(browser, client.Callbacks[0]);
        var answer = QueryHelpers.ParseQuery(new Uri(link).Query);
        Assert.Equal(
            ("login_required", "xyzABC123", server.Issuer.Value),
            (answer["error"].ToString(), answer["state"].ToString(), answer["iss"].ToString()));
    }

    [Theory]
    [InlineData("fragment", true)]
    [InlineData("form_post", false)]
    [InlineData("web_message", false)]
    public async Task A_link_has_the_response_mode_or_there_is_none(string mode, bool isLink)
    {
        var client = await ClientAsync();
        using var browser = new Browser(server);

        await browser.OpenAsync(client.Authorize(("prompt", "none"), ("response_mode", mode)));

        Assert.Equal(isLink, browser.Has("to-application"));
        Assert.Contains("evil.example", browser.Text, StringComparison.Ordinal);
        if (isLink)
            Assert.Contains("#error=login_required", AssertLinks(browser, ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iframe", HttpStatusCode.Redirect)]
    [InlineData("document", HttpStatusCode.BadRequest)]
    public async Task In_a_frame_prompt_none_is_answered_to_the_client(string destination, HttpStatusCode status)
    {
        var client = await ClientAsync();
        using var http = server.NewHttp();
        using var message = new HttpRequestMessage(HttpMethod.Get, client.Authorize(("prompt", "none")));
        message.Headers.Add("Sec-Fetch-Dest", destination);

        using var answer = await http.SendAsync(message);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_denial_redirects_in_the_session_in_which_the_user_denied()
    {
        var client = await ClientAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        await browser.ClickAsync("consent-deny");

        Assert.Equal("access_denied", browser.Returned("error"));
    }

    [Fact]
    public async Task A_sealed_denial_of_another_browser_links()
    {
        var client = await ClientAsync();
        var query = QueryHelpers.ParseQuery(client.Authorize().Split('?')[1]);
        Assert.True(RequestParameters.From(query.ToDictionary(p => p.Key, p => p.Value.ToString()))
            .Succeeded(out var parameters, out _));
        var denied = new PendingAuthorization(parameters, server.Time.GetUtcNow()) { IsDenied = true, DeniedIn = "x" };
        var state = server.Services.GetRequiredService<PendingAuthorizationProtector>().Seal(denied);
        using var signedOut = new Browser(server);
        using var signedIn = await SignedInAsync(await server.AddPublicClientAsync());

        foreach (var browser in (Browser[])[signedOut, signedIn])
        {
            await browser.OpenAsync("/authorize/resume?state=" + state);
            AssertLinks(browser, client.Callbacks[0]);
        }
    }

    private static (string Name, string? Value) Verifier => ("code_verifier", OAuth.Verifier);

    /// <returns>The link.</returns>
    private static string AssertLinks(Browser browser, string destination)
    {
        Assert.Null(browser.LeftTo);
        Assert.Contains("wants to take you to evil.example", browser.Text, StringComparison.Ordinal);
        var link = browser.Page.GetElementById("to-application")!.GetAttribute("href")!;
        Assert.StartsWith(destination, link, StringComparison.Ordinal);
        return link;
    }

    private static string LogoutOf(Client client, string path, string parameter) => QueryHelpers.AddQueryString(
        path, new Dictionary<string, string?> { ["client_id"] = client.ClientId, [parameter] = Bye });

    private Task<Client> ClientAsync() => scenario.ClientAsync(
        $"\"token_endpoint_auth_method\":\"none\",\"post_logout_redirect_uris\":[\"{Bye}\"]",
        "https://evil.example/callback");

    private async Task<Browser> SignedInAsync(Client client)
    {
        var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        if (browser.Has("consent-allow"))
            await browser.ClickAsync("consent-allow");
        return browser;
    }
}
