using System.Globalization;
using AuthServer.Web.Formats;
using AuthServer.Web.Resources;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Pages;

/// <summary>
/// Moments, in the language of the page and in UTC; the script of the pages writes them in the reader's time zone.
/// </summary>
public static class DisplayTime
{
    public static IHtmlContent Day(IStringLocalizer<Texts> texts, DateTimeOffset instant) =>
        Element("day", instant, DayIn(texts, instant));

    public static IHtmlContent Minute(IStringLocalizer<Texts> texts, DateTimeOffset instant) => Element(
        "minute",
        instant,
        DayIn(texts, instant) + instant.UtcDateTime.ToString(" HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>As a log has it.</summary>
    public static IHtmlContent Second(DateTimeOffset instant) => Element(
        "second", instant, instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    private static string DayIn(IStringLocalizer<Texts> texts, DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(texts["Account.Day"], CultureInfo.CurrentUICulture);

    private static IHtmlContent Element(string precision, DateTimeOffset instant, string text) =>
        new HtmlContentBuilder()
            .AppendHtml($"<time datetime=\"{instant.Iso()}\" data-precision=\"{precision}\">")
            .Append(text)
            .AppendHtml("</time>");
}
