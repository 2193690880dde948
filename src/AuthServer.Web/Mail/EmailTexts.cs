using System.Globalization;
using System.Resources;
using AuthServer.Core.Model;
using AuthServer.Web.Resources;

namespace AuthServer.Web.Mail;

/// <summary>Texts of emails, in a language that is not the request's own.</summary>
public sealed class EmailTexts(CultureInfo language)
{
    private static readonly ResourceManager Texts = new(typeof(Texts));

    public CultureInfo Language => language;

    /// <summary>First language of the tenant: for emails that no page caused.</summary>
    public static CultureInfo LanguageOf(TenantSettings settings) =>
        CultureInfo.GetCultureInfo(
            settings.EnabledLocales.Select(Locales.LanguageOf).FirstOrDefault(Locales.Has) ?? Locales.Default);

    public string this[string key, params object[] names] =>
        string.Format(language, Texts.GetString(key, language) ?? key, names);
}
