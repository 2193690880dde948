using AuthServer.Core.Clients;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Builder;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The code that /guide shows for a page in the browser, with @auth0/auth0-spa-js as it is published.</summary>
public sealed class GuideCodeTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private TestKit.Chromium chromium = null!;
    private WebApplication site = null!;
    private Client client = null!;

    private string Origin => site.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var sdk = await BrowserPackages.ReadAsync("@auth0", "auth0-spa-js", "dist", "auth0-spa-js.production.js");
        chromium = await TestKit.Chromium.StartAsync();
        site = await ScriptSite.StartAsync(sdk);
        client = await server.AddPublicClientAsync(
            c => (c.Callbacks, c.WebOrigins, c.AllowedLogoutUrls) = ([Origin], [Origin], [Origin]));
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        if (site is not null)
            await site.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_guides_code_signs_in_and_renews_after_a_reload_without_a_frame()
    {
        var snippet = await GuideSnippetAsync();
        var page = await chromium.NewPageAsync(server);
        await page.GotoAsync(Origin);
        await page.EvaluateAsync($"() => {{ (async () => {{ {snippet} }})(); }}");
        await page.WaitForURLAsync("**/u/login?**");
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");
        await page.WaitForURLAsync(url => url.StartsWith(Origin + "/?code=", StringComparison.Ordinal));

        var email = await page.EvaluateAsync<string>($"async () => {{ {snippet}; return user.email; }}");
        Assert.Equal(TestServer.AdminEmail, email);
        await page.ReloadAsync();
        var renewed = await page.EvaluateAsync<string>(
            $"async () => {{ {snippet}; return await auth0.getTokenSilently({{ cacheMode: 'off' }}); }}");

        Assert.NotEmpty(renewed);
        Assert.Single(page.Frames);
    }

    /// <summary>As it stands on /guide, with the package as a script and the test's address without TLS.</summary>
    private async Task<string> GuideSnippetAsync()
    {
        using var browser = new Browser(server);
        await browser.OpenAsync("/guide");
        var lines = browser.Page.QuerySelector("[data-snippet=spa]")!.TextContent.Split('\n');
        var code = string.Join('\n', lines.Where(line => !line.StartsWith("import ", StringComparison.Ordinal)));
        return "const { createAuth0Client } = window.auth0;\n" + code
            .Replace("CLIENT_ID", client.ClientId, StringComparison.Ordinal)
            .Replace($"'{new Uri(server.Issuer.Value).Authority}'", $"'{server.Issuer.Origin}'", StringComparison.Ordinal)
            + "\n";
    }
}
