using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>
/// Every page, in both schemes, on a phone and on a desktop, in both languages: axe finds nothing, no request leaves
/// the server, and a page is light.
/// </summary>
public sealed class AccessibilityTests
{
    private static readonly (bool Dark, bool Phone, string Language)[] All =
    [
        (false, false, "en"), (true, true, "ja"), (true, true, "en"), (true, false, "ja"), (false, true, "ja"),
        (true, false, "en"), (false, true, "en"), (false, false, "ja"),
    ];

    /// <summary>The views of a tour: the first ones, which differ most; with screenshots, all of them.</summary>
    public static TheoryData<bool, bool, string> Views(int count) =>
        new(All.Take(ScreenshotFolder is null ? count : All.Length));

    private static string? ScreenshotFolder =>
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    [Theory]
    [MemberData(nameof(Views), 2)]
    public Task Nothing_keeps_anybody_out(bool dark, bool phone, string language) =>
        WalkAsync(PageTour.WalkAsync, dark, phone, language);

    [Theory]
    [MemberData(nameof(Views), 2)]
    public Task Nothing_keeps_an_administrator_out(bool dark, bool phone, string language) =>
        WalkAsync((page, server, client, _) => DashboardTour.WalkAsync(page, server, client), dark, phone, language);

    /// <summary>The colours that contrast worst with something.</summary>
    [Theory]
    [InlineData("#ffffff", false)]
    [InlineData("#ffffff", true)]
    [InlineData("#000000", true)]
    [InlineData("#777777", false)]
    [InlineData("#ffd500", false)]
    [InlineData("#ff0000", true)]
    [InlineData("#0000ff", true)]
    public async Task The_tenants_colour_is_readable(string colour, bool dark)
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        await server.ChangeSettingsAsync(settings => settings.PrimaryColor = colour);
        var page = await chromium.NewPageAsync(server, dark);

        await page.GotoAsync((await server.AddPublicClientAsync()).Authorize());
        await ShootAsync(page, $"colour-{colour[1..]}.{(dark ? "dark" : "light")}");

        Assert.Empty(await Axe.ViolationsAsync(page));
    }

    /// <summary>Forced colours take shadows and backgrounds away (WCAG 2, 2.4.7 and 1.4.11).</summary>
    [Fact]
    public async Task Forced_colours_show_the_focus_and_the_main_button()
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        var page = await chromium.NewPageAsync(server);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.GotoAsync((await server.AddPublicClientAsync()).Authorize());
        await page.FocusAsync("#username");

        Assert.Equal("solid 2px", await StyleAsync("#username", "`${style.outlineStyle} ${style.outlineWidth}`"));
        Assert.NotEqual("rgba(0, 0, 0, 0)", await StyleAsync("#username", "style.outlineColor"));
        Assert.Equal("3px", await StyleAsync("#login-submit", "style.borderTopWidth"));

        Task<string> StyleAsync(string selector, string value) => page.EvaluateAsync<string>(
            $"() => {{ const style = getComputedStyle(document.querySelector('{selector}')); return {value}; }}");
    }

    /// <summary>WCAG 2, 1.4.10: 320 CSS pixels without scrolling sideways.</summary>
    [Fact]
    public async Task A_narrow_window_shows_everything()
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        var client = await server.AddPublicClientAsync(
            c => c.Name = "An application with quite a long name, as applications sometimes have");
        var page = await chromium.NewPageAsync(server, language: "ja");
        await page.SetViewportSizeAsync(320, 640);

        foreach (var path in (string[])["/", "/guide", "/try", "/nothing-here", client.Authorize()])
        {
            var response = await page.GotoAsync(path);
            Assert.Equal((path, path == "/nothing-here" ? 404 : 200), (path, response!.Status));
            await ShootAsync(page, $"narrow-{(path.Length > 20 ? "login" : path.Trim('/'))}");
            Assert.Equal(320, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task Axe_finds_what_is_wrong()
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        var page = await chromium.NewPageAsync(server);
        await page.SetContentAsync(
            "<html lang=en><title>x</title><main><h1>x</h1><input name=unlabelled><p "
                + "style='color:#aaa;background:#fff'>pale</p></main>");

        var found = await Axe.ViolationsAsync(page);

        Assert.Contains(found, violation => violation.StartsWith("label:", StringComparison.Ordinal));
        Assert.Contains(found, violation => violation.StartsWith("color-contrast:", StringComparison.Ordinal));
    }

    private static async Task WalkAsync(
        Func<IPage, TestServer, Client, Client, IAsyncEnumerable<string>> tour, bool dark, bool phone, string language)
    {
        await using var chromium = await TestKit.Chromium.StartAsync();
        await using var server = new TestServer();
        await PageTour.PrepareAsync(server);
        var (ours, theirs) = (
            await server.AddPublicClientAsync(),
            await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false)));
        var page = await chromium.NewPageAsync(server, dark, phone, language);
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Issuer.Value, StringComparison.Ordinal))
                elsewhere.Add(request.Url);
        };

        var found = new List<string>();
        await foreach (var name in tour(page, server, ours, theirs))
        {
            await ShootAsync(page, $"{name}.{language}.{(dark ? "dark" : "light")}.{(phone ? "phone" : "desktop")}");
            Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
            found.AddRange((await Axe.ViolationsAsync(page)).Select(violation => $"{name}: {violation}"));
            var overflow = await page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overflow > 0)
                found.Add($"{name}: wider than its window by {overflow}");
            var weight = await PageWeight.OfAsync(page);
            if (weight.IsTooMuch)
                found.Add($"{name}: {weight}");
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(elsewhere);
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (ScreenshotFolder is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
