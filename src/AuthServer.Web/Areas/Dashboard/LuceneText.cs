using System.Text;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>Searches in Lucene's language, of what a person types.</summary>
internal static class LuceneText
{
    /// <summary>
    /// A query that names a field is one already; any other text is the beginning of one of the fields.
    /// </summary>
    /// <returns>Null for an empty text.</returns>
    public static string? Search(string? typed, params string[] fields)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length == 0 || NamesAField(text))
            return text.Length == 0 ? null : text;
        var prefix = Escape(text) + "*";
        return string.Join(" OR ", fields.Select(field => $"{field}:{prefix}"));
    }

    /// <summary>One of these values.</summary>
    public static string AnyOf(string field, IEnumerable<string> values) =>
        $"({string.Join(" OR ", values.Select(value => $"{field}:{Escape(value)}"))})";

    private static bool NamesAField(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz_.") < 0;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
            escaped.Append(char.IsLetterOrDigit(character) ? "" : "\\").Append(character);
        return escaped.ToString();
    }
}
