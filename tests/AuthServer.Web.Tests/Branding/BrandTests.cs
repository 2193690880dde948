using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Tests.Branding;

public sealed class BrandTests
{
    private const string Pixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        + "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /// <summary>Colours of the dark scheme in <c>site.css</c>.</summary>
    private static string DarkSheet =>
        File.ReadAllText(Path.Combine(Repository.Root, "src", "AuthServer.Web", "Assets", "site.css"))
            .Split("(prefers-color-scheme: dark)", 2)[1];

    [Fact]
    public void The_text_on_any_colour_can_be_read()
    {
        for (var rgb = 0; rgb <= 0xffffff; rgb += 0x0b0b)
        {
            var colour = new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            Assert.True(colour.TextOnIt.Contrast(colour) >= Colour.ReadableContrast, colour.ToString());
            Assert.True(
                colour.ReadableOn(Colour.White).Contrast(Colour.White) >= Colour.ReadableContrast, colour.ToString());
            Assert.True(
                colour.ReadableOn(Colour.Black).Contrast(Colour.Black) >= Colour.ReadableContrast, colour.ToString());
        }
    }

    [Theory]
    [InlineData("#4F46E5", "#4f46e5")]
    [InlineData("#abc", "#aabbcc")]
    [InlineData("red", null)]
    [InlineData("#12345", null)]
    [InlineData("#12345g", null)]
    [InlineData("#123456;}", null)]
    [InlineData(null, null)]
    public void A_colour_is_hexadecimal_or_none(string? text, string? read) =>
        Assert.Equal(read, Colour.Parse(text)?.ToString());

    /// <summary>WCAG 2, 1.4.11 and 1.4.3.</summary>
    [Theory]
    [InlineData("#111111")]
    [InlineData("#000080")]
    [InlineData("#4f46e5")]
    [InlineData("#ffd500")]
    public void A_button_can_be_seen_in_the_dark_scheme(string colour)
    {
        var sheet = Brand.Of(new TenantSettings { PrimaryColor = colour }).Style();
        var dark = sheet[sheet.IndexOf("(prefers-color-scheme: dark)", StringComparison.Ordinal)..];
        var fill = ColourAfter("--brand: ", dark);
        var card = ColourAfter("--surface: ", DarkSheet);

        Assert.True(fill.Contrast(card) >= Colour.VisibleContrast, $"{fill} on {card}");
        Assert.True(fill.TextOnIt.Contrast(fill) >= Colour.ReadableContrast, fill.ToString());

        static Colour ColourAfter(string name, string sheet) => Colour.Parse(sheet.Split(name, 2)[1][..7])!.Value;
    }

    [Fact]
    public async Task The_colour_arrives_as_a_style_sheet_of_its_own()
    {
        await using var server = new TestServer();
        using var browser = new Browser(server);
        await browser.OpenAsync("/u/error");
        var before = browser.Page.QuerySelectorAll("link[rel=stylesheet]")[1].GetAttribute("href")!;
        await server.ChangeSettingsAsync(settings => settings.PrimaryColor = "#00a878");
        await browser.OpenAsync("/u/error");
        var after = browser.Page.QuerySelectorAll("link[rel=stylesheet]")[1].GetAttribute("href")!;

        Assert.NotEqual(before, after, StringComparer.Ordinal);
        await browser.OpenAsync(after);
        Assert.Contains("--brand: #00a878; --on-brand: #000000", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Pixel, "image/png")]
    [InlineData("data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=", "image/svg+xml")]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=", "image/svg+xml")]
    [InlineData("data:image/png,raw", "image/svg+xml")]
    [InlineData("https://127.0.0.1:1/logo.png", "image/svg+xml")]
    [InlineData("not a url", "image/svg+xml")]
    public async Task The_logo_comes_from_this_server_and_a_monogram_where_there_is_none(string url, string type)
    {
        await using var server = new TestServer();
        await server.ChangeSettingsAsync(settings => settings.PictureUrl = url);
        using var browser = new Browser(server);
        await browser.OpenAsync("/u/error");
        var source = browser.Page.QuerySelector("img.logo")!.GetAttribute("src")!;
        Assert.StartsWith("/assets/logo?v=", source, StringComparison.Ordinal);

        await browser.OpenAsync(source);

        Assert.Equal(type, browser.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "sandbox; default-src 'none'", Assert.Single(browser.Answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(browser.Answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(browser.Answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Appointments", "Appointments")]
    [InlineData("a\u202Eb\u200Bc\nd", "a b c d")]
    [InlineData(" \u0000 ", "")]
    [InlineData("予約アプリ 🦉", "予約アプリ 🦉")]
    public void Text_of_other_parties_stays_on_its_line(string text, string shown) =>
        Assert.Equal(shown, DisplayText.Of(text));

    [Fact]
    public void And_it_ends_after_a_hundred_characters()
    {
        Assert.Equal(new string('x', 100) + "…", DisplayText.Of(new string('x', 10_000)));
        Assert.True(DisplayText.Of("e" + new string('\u0301', 10_000)).Length <= 8);
    }
}
