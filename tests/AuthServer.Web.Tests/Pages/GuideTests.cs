using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Pages;

/// <summary>A newcomer's way: the README, the start page, the guide.</summary>
public sealed class GuideTests(RunningServer running) : IClassFixture<RunningServer>, IDisposable
{
    private readonly TestServer server = running.Server;
    private readonly Browser browser = new(running.Server);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task The_readme_creates_the_application_as_the_guide_does()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var create = (await SnippetAsync("create")).Replace(
            new Uri(server.Issuer.Value).Authority, "localhost:5001", StringComparison.Ordinal);

        Assert.Contains(create, readme, StringComparison.Ordinal);
    }

    /// <summary>The SDKs append the path of the callback to the address that their snippet names.</summary>
    [Theory]
    [InlineData("express", "/callback")]
    [InlineData("flask", "/callback")]
    [InlineData("oidc-client-ts", "")]
    public async Task The_addresses_of_a_snippet_are_registered(string name, string callback)
    {
        const string Address = "http://localhost:3000";
        var (snippet, create) = (await SnippetAsync(name), await SnippetAsync("create"));

        Assert.Contains($"'{Address}'", snippet, StringComparison.Ordinal);
        Assert.Contains($"'{Address}{callback}'", create, StringComparison.Ordinal);
        Assert.Contains($"allowed_logout_urls: ['{Address}'", create, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contents_lead_to_every_part()
    {
        await browser.OpenAsync("/guide");
        var links = browser.Page.QuerySelectorAll(".contents a").Select(link => link.GetAttribute("href")![1..]);
        var headings = browser.Page.QuerySelectorAll("h2").Select(heading => heading.Id).ToList();

        Assert.NotEmpty(headings);
        Assert.Equal(headings, links);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/try")]
    public async Task Development_says_which_account_to_use_and_where_its_password_is(string path)
    {
        await browser.OpenAsync(path);

        var hint = browser.Page.GetElementById("first-user")!.TextContent;
        Assert.Contains(TestServer.AdminEmail, hint, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(server.DataDirectory, "bootstrap.json"), hint, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.AdminPassword, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_your_email_leads_to_the_email_that_Development_kept()
    {
        var client = await server.AddPublicClientAsync();
        await browser.OpenAsync(client.Authorize());
        await browser.ClickAsync("forgot-link");
        await browser.Fill("username", TestServer.AdminEmail).ClickAsync("forgot-submit");
        await server.EmailToAsync(TestServer.AdminEmail);

        await browser.ClickAsync("kept-emails");

        Assert.Equal("emails", browser.Url.Fragment.TrimStart('#'));
        await browser.OpenAsync(browser.Page.QuerySelector("[aria-labelledby=emails] a")!.GetAttribute("href")!);
        Assert.True(browser.Has("follow"), browser.Text);
    }

    private async Task<string> SnippetAsync(string name)
    {
        await browser.OpenAsync("/guide");
        return browser.Page.QuerySelector($"[data-snippet={name}]")!.TextContent;
    }
}
