using System.Globalization;
using System.Text;

namespace AuthServer.Web.Branding;

/// <summary>Text from outside this server, made safe to show on its pages.</summary>
public static class DisplayText
{
    private const int MaxLength = 100;

    /// <summary>
    /// At most a hundred characters on one line, without controls, invisible characters and those that change the
    /// direction of the text behind them. It is encoded for HTML like any other text, later.
    /// </summary>
    public static string Of(string text)
    {
        var kept = new StringBuilder();
        var count = 0;
        foreach (var element in StringInfo
                .GetTextElementEnumerator(text.Length > 4 * MaxLength ? text[..(4 * MaxLength)] : text)
                .AsTexts())
        {
            if (count++ == MaxLength)
                return kept.ToString().TrimEnd() + "…";
            foreach (var rune in element.EnumerateRunes())
            {
                if (IsShown(rune))
                    kept.Append(rune.ToString());
                else if (kept.Length > 0 && kept[^1] != ' ')
                    kept.Append(' ');
            }
        }

        return kept.ToString().Trim();
    }

    /// <summary>The first character, for an avatar, of a text from <see cref="Of"/>; "?" if it is empty.</summary>
    public static string InitialOf(string text) =>
        text.Length == 0 ? "?" : StringInfo.GetNextTextElement(text).ToUpperInvariant();

    /// <summary>Who receives a redirect: a host with its port, or the scheme of an installed application.</summary>
    public static string RecipientOf(string url) => AuthorityOf(url) ?? Of(url.Split(':', 2)[0] + ":");

    /// <summary>How the links of an installed application begin; null when a host receives the redirect.</summary>
    public static string? LinksOf(string url)
    {
        if (AuthorityOf(url) is not null)
            return null;
        var scheme = url.Split(':', 2)[0];
        return Of(url.StartsWith(scheme + "://", StringComparison.Ordinal) ? scheme + "://" : scheme + ":");
    }

    private static string? AuthorityOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, Scheme: "https" or "http" }
            ? uri.Authority
            : null;

    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned);

    private static IEnumerable<string> AsTexts(this TextElementEnumerator elements)
    {
        // Stacked accents on one character are one element: eight of its code points are enough.
        while (elements.MoveNext())
            yield return elements.GetTextElement() is { Length: > 8 } pile
                ? pile[..(char.IsHighSurrogate(pile[7]) ? 7 : 8)]
                : elements.GetTextElement();
    }
}
