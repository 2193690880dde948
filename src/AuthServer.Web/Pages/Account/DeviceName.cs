using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// A browser's user agent in familiar words. Only for users to recognise their devices: clients can send any value.
/// </summary>
public static class DeviceName
{
    /// <summary>The first that is contained: most browsers name their ancestors too.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>A device in the language of the page.</summary>
    public static string In(IStringLocalizer<Texts> texts, string? userAgent) => Of(userAgent) switch
    {
        ({ } browser, { } system) => texts["Account.Device", browser, system],
        ({ } browser, null) => browser,
        (null, { } system) => system,
        _ => texts["Account.UnknownDevice"],
    };

    /// <returns>Each null when it is not recognised.</returns>
    public static (string? Browser, string? System) Of(string? userAgent) =>
        (Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Mark, string Name)[] known, string? text) =>
        text is null ? null : Array.Find(known, entry => text.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
