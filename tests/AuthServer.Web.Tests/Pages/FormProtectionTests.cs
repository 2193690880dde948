using System.Net;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Tests.Pages;

/// <summary>ASVS 3.5.1 and 3.5.3.</summary>
public sealed class FormProtectionTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private Core.Model.Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await server.AddPublicClientAsync(c => c.IsFirstParty = false), new Browser(server));

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_form_without_its_cookie_is_refused_with_a_way_on()
    {
        await browser.OpenAsync(client.Authorize());
        browser.SetCookie("csrf", null);
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("This form could not be checked", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Cookies.ContainsKey("sid"));
        await browser.ClickAsync("way-on");
        await browser.SignInAsync();
        Assert.Equal("/u/consent", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task A_form_of_another_browser_is_refused()
    {
        using var attacker = new Browser(server);
        await attacker.OpenAsync(client.Authorize());
        await browser.OpenAsync(client.Authorize());
        browser.Fill(PageAntiforgery.FieldName, attacker.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!);
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_browser_that_says_the_form_is_from_elsewhere_is_believed(string site)
    {
        await browser.OpenAsync(client.Authorize());
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, browser.Url.PathAndQuery)
        {
            Headers = { { "Cookie", "csrf=" + browser.Cookies["csrf"] }, { "Sec-Fetch-Site", site } },
            Content = new FormUrlEncodedContent([
                new(PageAntiforgery.FieldName, browser.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!),
                new("action", "cancel"),
            ]),
        };

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/u/login")]
    [InlineData("/u/signup")]
    [InlineData("/u/consent")]
    [InlineData("/u/logout")]
    [InlineData("/u/reset-password")]
    [InlineData("/u/reset-password/request")]
    [InlineData("/u/verify-email")]
    [InlineData("/account/password")]
    [InlineData("/try")]
    [InlineData("/try/result")]
    public async Task No_post_goes_through_without_a_token(string path)
    {
        using var http = server.NewHttp();
        using var answer = await http.PostAsync(path, new FormUrlEncodedContent([new("action", "confirm")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "This form could not be checked", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_do_not_disturb_each_other()
    {
        await browser.OpenAsync(client.Authorize());
        var first = browser.Url.PathAndQuery;
        var token = browser.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!;
        await browser.OpenAsync(client.Authorize());
        await browser.OpenAsync(first);
        await browser.Fill(PageAntiforgery.FieldName, token).SignInAsync();

        Assert.Equal("/u/consent", browser.Url.AbsolutePath);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        foreach (var path in new[]
            {
                "/u/login",
                "/u/signup",
                "/u/consent",
                "/u/logout",
                "/u/error",
                "/",
                "/guide",
                "/try",
                "/try/callback",
            })
        {
            using var http = server.NewHttp();
            using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }
    }
}
