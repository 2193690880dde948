using System.Globalization;
using AuthServer.Core.Model;
using AuthServer.Protocol.Authorize;
using AuthServer.Web.Sessions;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Pages;

/// <summary>
/// The language of a page: what the request wishes, what was chosen in the browser, what the browser prefers, English
/// (OpenID Connect Core §3.1.2.1, <c>ui_locales</c>).
/// </summary>
public static class PageLanguage
{
    /// <summary>There are texts in these.</summary>
    public static IReadOnlyList<string> Spoken => Locales.All;

    internal static CultureInfo For(HttpContext http) => For(http, WishesOf(http));

    /// <param name="http">The request.</param>
    /// <param name="wishes">The <c>ui_locales</c> of the authorization request; null without.</param>
    internal static CultureInfo For(HttpContext http, string? wishes)
    {
        var enabled =
            http.RequestServices.GetRequiredService<CurrentTenant>().TenantIfFound?.Settings.EnabledLocales ?? Spoken;
        var accepted = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "");
        var wished = (wishes ?? http.Request.Cookies[NameOf(http)] ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return CultureInfo.GetCultureInfo(Choose(wished, accepted, enabled));
    }

    /// <param name="wishes">Of the request, best first.</param>
    /// <param name="accepted">By the browser, best first.</param>
    /// <param name="enabled"><see cref="TenantSettings.EnabledLocales"/>.</param>
    public static string Choose(IEnumerable<string> wishes, IEnumerable<string> accepted, IEnumerable<string> enabled)
    {
        var known = enabled
            .Select(Locales.LanguageOf)
            .Where(Locales.Has)
            .ToList();
        return wishes
                .Concat(accepted)
                .Select(Locales.LanguageOf)
                .FirstOrDefault(language => known.Contains(language, StringComparer.Ordinal))
            ?? (known.Count == 0 || known.Contains(Locales.Default, StringComparer.Ordinal)
                ? Locales.Default
                : known[0]);
    }

    /// <summary>Keeps a choice in this browser; a language without texts is not kept.</summary>
    internal static void Remember(HttpContext http, string language)
    {
        if (!Locales.Has(language))
            return;
        http.Response.Cookies.Append(NameOf(http), language, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }

    private static string NameOf(HttpContext http) => HostCookie.NameOf(http, "language");

    private static string? WishesOf(HttpContext http)
    {
        var handle = (string?)http.Request.Query["state"];
        var pending = http.RequestServices.GetRequiredService<PendingAuthorizationProtector>().Open(handle);
        return pending?.Parameters["ui_locales"]
            ?? http.RequestServices.GetRequiredService<PendingLogouts>().Open(handle)?.UiLocales
            ?? (string?)http.Request.Query["ui_locales"];
    }
}
