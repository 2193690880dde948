using System.Net;
using AuthServer.TestKit;
using AuthServer.Web.Branding;
using AuthServer.Web.OutgoingHttp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Branding;

/// <summary>The tenant's background, icon and font, as the pages have them.</summary>
public sealed class TenantBrandingTests : IAsyncLifetime
{
    private static readonly byte[] Woff2 = [.. "wOF2"u8, 0, 1, 0, 0];
    private readonly WebApplication host = NewHost();
    private readonly ManagementScenario api = ManagementScenario.With(services => services.AddSingleton(
        new SsrfSafeFetcher(NullLogger<SsrfSafeFetcher>.Instance, allowLoopback: true)));

    private Browser browser = null!;

    private string Origin =>
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        browser = new Browser(api.Server);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await api.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task The_background_is_behind_the_card()
    {
        var answer = await api.PatchAsync("branding", """{"colors":{"page_background":"#112233"}}""");

        Assert.Equal("#112233", (string?)answer["colors"]!["page_background"]);
        Assert.Contains("background: #112233;", await StyleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_a_gradient()
    {
        const string Gradient = """{"type":"linear-gradient","start":"#112233","end":"#445566","angle_deg":35}""";

        var answer = await api.PatchAsync("branding", $$$"""{"colors":{"page_background":{{{Gradient}}}}}""");

        Assert.Equal(Gradient, answer["colors"]!["page_background"]!.ToJsonString());
        Assert.Contains(
            "background: linear-gradient(35deg, #112233, #445566);", await StyleAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"red; } body { display: none\"")]
    [InlineData("""{"type":"radial-gradient","start":"#112233","end":"#445566","angle_deg":35}""")]
    [InlineData("""{"type":"linear-gradient","start":"#112233","end":"url(x)","angle_deg":35}""")]
    [InlineData("""{"type":"linear-gradient","start":"#112233","end":"#445566","angle_deg":"35deg"}""")]
    public async Task A_background_that_is_none_is_refused(string value) => Assert.Equal(
        400, (await api.PatchAsync("branding", $$$"""{"colors":{"page_background":{{{value}}}}}""")).Status);

    [Fact]
    public async Task The_icon_is_fetched_and_served_by_this_server()
    {
        await api.PatchAsync("branding", $$"""{"favicon_url":"{{Origin}}/icon.ico"}""");
        await browser.OpenAsync("/u/error");
        var icon = browser.Page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!;

        await browser.OpenAsync(icon);

        Assert.StartsWith("/assets/favicon", icon, StringComparison.Ordinal);
        Assert.Equal("image/x-icon", browser.Answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_icon_that_can_not_be_had_is_the_monogram()
    {
        await api.PatchAsync("branding", $$"""{"favicon_url":"{{Origin}}/page.html"}""");

        await browser.OpenAsync("/assets/favicon");

        Assert.Equal("image/svg+xml", browser.Answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_font_is_fetched_and_served_by_this_server()
    {
        await api.PatchAsync("branding", $$$"""{"font":{"url":"{{{Origin}}}/font.woff2"}}""");
        var style = await StyleAsync();
        var url = style.Split("src: url(\"", 2)[1].Split('"')[0];

        await browser.OpenAsync(url);

        Assert.StartsWith("/assets/font", url, StringComparison.Ordinal);
        Assert.Contains("--font: \"tenant\"", style, StringComparison.Ordinal);
        Assert.Equal("font/woff2", browser.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Woff2, await browser.Answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("page.html")]
    [InlineData("gone.woff2")]
    public async Task What_is_not_a_font_is_not_served(string file)
    {
        await api.PatchAsync("branding", $$$"""{"font":{"url":"{{{Origin}}}/{{{file}}}"}}""");

        await browser.OpenAsync("/assets/font");

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_icon_of_a_provider_is_on_its_button_and_served_by_this_server()
    {
        var client = await api.Server.AddPublicClientAsync();
        await api.PostAsync("connections", $$"""
            {
              "name": "acme",
              "strategy": "oidc",
              "enabled_clients": ["{{client.ClientId}}"],
              "options": {
                "client_id": "c",
                "client_secret": "s",
                "issuer": "https://idp.example",
                "icon_url": "{{Origin}}/icon.ico"
              }
            }
            """);
        await browser.OpenAsync(client.Authorize());
        var icon = browser.Page.QuerySelector("#provider-acme img")!.GetAttribute("src")!;

        await browser.OpenAsync(icon);

        Assert.StartsWith("/assets/provider?connection=acme", icon, StringComparison.Ordinal);
        Assert.Equal("image/x-icon", browser.Answer.Content.Headers.ContentType!.MediaType);
        await browser.OpenAsync("/assets/provider?connection=acme");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_logo_of_a_client_is_on_the_consent_page_and_served_by_this_server()
    {
        var client = await api.Server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        Assert.True(browser.Has("consent-allow"));
        Assert.Null(browser.Page.QuerySelector("h1 ~ img, img + h1"));
        foreach (var (file, type) in ((string, string)[])
            [("icon.ico", "image/x-icon"), ("page.html", "image/svg+xml"), ("gone.png", "image/svg+xml")])
        {
            await api.PatchAsync("clients/" + client.ClientId, $$"""{"logo_uri":"{{Origin}}/{{file}}"}""");
            await browser.OpenAsync(client.Authorize());
            var logo = browser.Page.QuerySelector("img + h1")!.PreviousElementSibling!;
            await browser.OpenAsync(logo.GetAttribute("src")!);

            Assert.StartsWith("/assets/client?client=", logo.GetAttribute("src"), StringComparison.Ordinal);
            Assert.Equal("Logo of Calendar Buddy", logo.GetAttribute("alt"));
            Assert.Equal(type, browser.Answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(
                "sandbox; default-src 'none'",
                Assert.Single(browser.Answer.Headers.GetValues("Content-Security-Policy")));
        }

        await browser.OpenAsync("/assets/client?client=" + client.ClientId);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_logo_of_a_client_that_registered_itself_is_neither_shown_nor_fetched()
    {
        var client = await api.Server.AddPublicClientAsync(c =>
            (c.IsFirstParty, c.IsSelfRegistered, c.LogoUri) = (false, true, Origin + "/icon.ico"));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        Assert.True(browser.Has("consent-allow"));
        Assert.Null(browser.Page.QuerySelector("h1 ~ img, img + h1"));

        var version = Brand.VersionOf(Origin + "/icon.ico");
        await browser.OpenAsync($"/assets/client?client={client.ClientId}&v={version}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task Pages_take_fonts_from_this_server_only()
    {
        await browser.OpenAsync("/u/error");

        var policy = Assert.Single(browser.Answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("; font-src 'self';", policy, StringComparison.Ordinal);
    }

    private static WebApplication NewHost()
    {
        var app = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]).Build();
        app.MapGet("/icon.ico", () => Results.Bytes([0, 0, 1, 0], "image/x-icon"));
        app.MapGet("/font.woff2", () => Results.Bytes(Woff2, "application/octet-stream"));
        app.MapGet("/page.html", () => Results.Text("<p>", "text/html"));
        return app;
    }

    private async Task<string> StyleAsync()
    {
        await browser.OpenAsync("/u/error");
        await browser.OpenAsync(browser.Page.QuerySelectorAll("link[rel=stylesheet]")[1].GetAttribute("href")!);
        return browser.Html;
    }
}
