using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The tenant's look in the dashboard.</summary>
public sealed class BrandingTests : IAsyncLifetime
{
    private const string Path = "/dashboard/branding";
    private readonly TestServer server = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync() => browser = await server.OpenDashboardAsync(Path);

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Colours_are_saved_and_the_preview_has_them_in_both_schemes()
    {
        await browser.Fill("colors.primary", "#ffd500").Fill("colors.page_background.start", "#102030")
            .ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.True(browser.Has("ink"));
        var settings = await server.StoredSettingsAsync();
        Assert.Equal(("#ffd500", new PageBackground("#102030")), (settings.PrimaryColor, settings.PageBackground));

        await browser.Fill("colors.page_background.end", "#405060").Fill("colors.page_background.angle_deg", "45")
            .ClickAsync("save");
        Assert.Equal(new PageBackground("#102030", "#405060", 45), (await server.StoredSettingsAsync()).PageBackground);
        await browser.Fill("colors.page_background.start", "").ClickAsync("save");
        Assert.Equal(new PageBackground("#405060"), (await server.StoredSettingsAsync()).PageBackground);

        foreach (var (link, scheme) in new[] { ("light", "light"), ("dark", "dark") })
        {
            await browser.OpenAsync(Path);
            await browser.ClickAsync(link);
            await browser.ClickAsync("in-ja");
            await browser.OpenAsync(browser.Page.QuerySelector("iframe")!.GetAttribute("src")!);
            Assert.Equal("ja", browser.Page.DocumentElement.GetAttribute("lang"));
            Assert.Single(browser.Page.QuerySelectorAll("[inert] #password"));
            var sheet = Assert.Single(browser.Page.QuerySelectorAll("link[rel=stylesheet]")).GetAttribute("href")!;
            await browser.OpenAsync(sheet);
            Assert.Contains("#ffd500", browser.Html, StringComparison.Ordinal);
            Assert.Contains($"color-scheme: {scheme};", browser.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("prefers-color-scheme", browser.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_dashboard_frames_the_preview_and_no_page_frames_the_dashboard()
    {
        Assert.Contains("frame-ancestors 'none'", Policy(), StringComparison.Ordinal);
        Assert.Contains("frame-src " + server.Issuer.Value.TrimEnd('/'), Policy(), StringComparison.Ordinal);
        await browser.OpenAsync(Path + "/preview");

        Assert.Contains("frame-ancestors 'self'", Policy(), StringComparison.Ordinal);
        Assert.Contains("form-action 'none'", Policy(), StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", Assert.Single(browser.Answer.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task A_colour_that_is_none_stays_in_its_field_and_a_viewer_changes_nothing()
    {
        await browser.Fill("colors.primary", "blue").Fill("colors.page_background.end", "red").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal("blue", browser.Input("colors.primary")!.GetAttribute("value"));
        Assert.Contains("such as #0059d6", browser.Page.GetElementById("colors-primary-error")!.TextContent,
            StringComparison.Ordinal);

        using var viewer = await server.OpenDashboardAsViewerAsync(Path);
        Assert.False(viewer.Has("save"));
        Assert.Equal(
            HttpStatusCode.Forbidden, await server.PostAsync(viewer, Path, null, ("colors.primary", "#123456")));
        Assert.Null((await server.StoredSettingsAsync()).PrimaryColor);
    }

    [Fact]
    public async Task An_angle_without_a_second_colour_is_refused_at_that_colour()
    {
        await browser.Fill("colors.page_background.start", "#102030").Fill("colors.page_background.angle_deg", "45")
            .ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.True(browser.Has("colors-page_background-end-error"), browser.Text);
        Assert.Equal("45", browser.Input("colors.page_background.angle_deg")!.GetAttribute("value"));
        Assert.Null((await server.StoredSettingsAsync()).PageBackground);
    }

    private string Policy() => Assert.Single(browser.Answer.Headers.GetValues("Content-Security-Policy"));
}
