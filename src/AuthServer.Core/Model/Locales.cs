namespace AuthServer.Core.Model;

/// <summary>Languages of the pages and the emails, by their tags of BCP 47.</summary>
public static class Locales
{
    /// <summary>The first is the default.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "ja"];

    public static string Default => All[0];

    public static bool Has(string language) => All.Contains(language, StringComparer.Ordinal);

    /// <summary><c>ja-JP</c> is <c>ja</c>.</summary>
    public static string LanguageOf(string tag) => tag.Split('-', 2)[0].ToLowerInvariant();
}
