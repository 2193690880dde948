using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Organizations;

/// <summary>Users who sign in to an organization see its name, logo and colours.</summary>
public sealed class OrganizationBrandTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Pixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task The_pages_of_its_requests_are_its_own_and_others_are_the_tenant_s()
    {
        var acme = await running.Server.AddOrganizationAsync(
            "acme",
            o =>
                (o.DisplayName, o.LogoUrl, o.PrimaryColor, o.PageBackground) = (
                    "Acme\u202ECorporation", Pixel, "#00a878", "#112233"));
        var client = await running.Server.AddOrganizationClientAsync("allow");
        using var browser = new Browser(running.Server);
        await browser.OpenAsync(client.Authorize());
        Assert.Equal("AuthServer", browser.Page.QuerySelector(".tenant")!.TextContent);

        await browser.OpenAsync(client.Authorize(("organization", acme.Id)));

        Assert.Equal("Acme Corporation", browser.Page.QuerySelector(".tenant")!.TextContent);
        var (sheet, logo) = (
            browser.Page.QuerySelectorAll("link[rel=stylesheet]")[1].GetAttribute("href")!,
            browser.Page.QuerySelector("img.logo")!.GetAttribute("src")!);
        await browser.OpenAsync(sheet);
        Assert.Contains("--brand: #00a878;", browser.Html, StringComparison.Ordinal);
        Assert.Contains("background: #112233; }", browser.Html, StringComparison.Ordinal);
        Assert.Contains("immutable", browser.Answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await browser.OpenAsync(logo);
        Assert.Equal("image/png", browser.Answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_sign_up_page_is_its_own_too()
    {
        var acme = await running.Server.AddOrganizationAsync("acme-signup", o => o.DisplayName = "Acme Corporation");
        var client = await running.Server.AddOrganizationClientAsync("allow");
        using var browser = new Browser(running.Server);

        await browser.OpenAsync(client.Authorize(("organization", acme.Id), ("screen_hint", "signup")));

        Assert.Equal("/u/signup", browser.Url.AbsolutePath);
        Assert.Equal("Acme Corporation", browser.Page.QuerySelector(".tenant")!.TextContent);
    }

    [Theory]
    [InlineData("org_0000000000000000")]
    [InlineData("%27%3B")]
    public async Task An_unknown_organization_has_the_tenant_s_brand(string id)
    {
        using var browser = new Browser(running.Server);
        await browser.OpenAsync("/assets/tenant.css?organization=" + id);

        Assert.Contains("--brand: #4f46e5;", browser.Html, StringComparison.Ordinal);
    }
}
