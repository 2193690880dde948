using System.Globalization;
using AuthServer.Web.Formats;
using AuthServer.Web.Resources;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>Moments, in the language of the page and in UTC.</summary>
internal static class DisplayTime
{
    /// <summary>A dash for a moment that never was.</summary>
    public static IHtmlContent Moment(IStringLocalizer<Texts> texts, DateTimeOffset? instant)
    {
        if (instant is not { UtcDateTime: var utc })
            return new HtmlString("—");
        var day = utc.ToString(texts["Account.Day"], CultureInfo.CurrentUICulture);
        var time = utc.ToString(" HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new HtmlContentBuilder()
            .AppendHtml("<time datetime=\"").Append(instant.Value.Iso()).AppendHtml("\">")
            .Append(day + time).AppendHtml("</time>");
    }

    /// <summary>To the second, as a log has it.</summary>
    public static IHtmlContent Second(string iso)
    {
        var utc = Instants.Read(iso)!.Value.UtcDateTime;
        return new HtmlContentBuilder()
            .AppendHtml("<time datetime=\"").Append(iso).AppendHtml("\">")
            .Append(utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).AppendHtml("</time>");
    }

    public static IHtmlContent Moment(IStringLocalizer<Texts> texts, string? iso) => Moment(texts, Instants.Read(iso));
}
