using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

/// <summary>A login for the account page serves no client, and a login for a client does not serve that page.</summary>
public sealed class AccountResumeTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;

    [Fact]
    public async Task A_sign_in_for_this_page_and_one_for_an_application_resume_only_where_they_began()
    {
        var client = await server.AddPublicClientAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync("/account");
        var own = browser.Url.Query;
        await browser.OpenAsync(client.Authorize(
            ("code_challenge", OAuth.Challenge), ("redirect_uri", TestData.Callback)));
        var foreign = browser.Url.Query;

        foreach (var path in (string[])["/account/resume" + own, "/authorize/resume" + foreign])
        {
            await browser.OpenAsync(path);
            Assert.Equal((HttpStatusCode.OK, "/u/login"), (browser.Status, browser.Url.AbsolutePath));
        }

        foreach (var path in (string[])["/authorize/resume" + own, "/account/resume" + foreign])
        {
            await browser.OpenAsync(path);
            Assert.Equal((HttpStatusCode.BadRequest, path), (browser.Status, browser.Url.PathAndQuery));
        }
    }
}
