using System.Globalization;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Authorize;
using AuthServer.Web.Sessions;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Pages;

/// <summary>
/// Language of a page: the request's preference, the browser's, English (OpenID Connect Core §3.1.2.1,
/// <c>ui_locales</c>).
/// </summary>
public static class PageLanguage
{
    /// <summary>There are texts in these.</summary>
    public static IReadOnlyList<string> Spoken { get; } = ["en", "ja"];

    internal static CultureInfo For(HttpContext http)
    {
        var enabled =
            http.RequestServices.GetRequiredService<CurrentTenant>().TenantIfFound?.Settings.EnabledLocales ?? Spoken;
        var accepted = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "");
        return CultureInfo.GetCultureInfo(Choose(Wishes(http), accepted, enabled));
    }

    /// <param name="wishes">Of the request, best first.</param>
    /// <param name="accepted">By the browser, best first.</param>
    /// <param name="enabled"><see cref="TenantSettings.EnabledLocales"/>.</param>
    public static string Choose(IEnumerable<string> wishes, IEnumerable<string> accepted, IEnumerable<string> enabled)
    {
        var known = enabled
            .Select(Primary)
            .Where(language => Spoken.Contains(language, StringComparer.Ordinal))
            .ToList();
        return wishes
                .Concat(accepted)
                .Select(Primary)
                .FirstOrDefault(language => known.Contains(language, StringComparer.Ordinal))
            ?? (known.Count == 0 || known.Contains("en", StringComparer.Ordinal) ? "en" : known[0]);
    }

    private static string[] Wishes(HttpContext http)
    {
        var handle = (string?)http.Request.Query["state"];
        var pending = http.RequestServices.GetRequiredService<PendingAuthorizationProtector>().Open(handle);
        var asked = pending?.Parameters["ui_locales"]
            ?? http.RequestServices.GetRequiredService<PendingLogouts>().Open(handle)?.UiLocales
            ?? (string?)http.Request.Query["ui_locales"]
            ?? "";
        return asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary><c>ja-JP</c> is <c>ja</c>.</summary>
    private static string Primary(string tag) => tag.Split('-', 2)[0].ToLowerInvariant();
}
