using AuthServer.Web.Formats;
using AuthServer.Web.Pages;
using AuthServer.Web.Resources;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>Moments of resources, as <c>/api/v2</c> has them.</summary>
internal static class StoredTime
{
    /// <summary>A dash for a moment that never was.</summary>
    public static IHtmlContent Minute(IStringLocalizer<Texts> texts, DateTimeOffset? instant) =>
        instant is { } known ? DisplayTime.Minute(texts, known) : new HtmlString("—");

    public static IHtmlContent Minute(IStringLocalizer<Texts> texts, string? iso) =>
        Minute(texts, Instants.Read(iso));

    public static IHtmlContent Second(string iso) => DisplayTime.Second(Instants.Read(iso)!.Value);
}
