using System.Text;

namespace AuthServer.Core.Logs;

/// <summary>Texts that a caller wrote, as the log stores them.</summary>
public static class LogText
{
    private const char Nul = '\0';

    /// <summary>
    /// The beginning of a text in at most so many bytes of UTF-8. Half a surrogate pair, and NUL, which no store keeps,
    /// become U+FFFD.
    /// </summary>
    public static string? Bounded(string? text, int maxBytes)
    {
        if (text is null || (IsStorable(text) && Encoding.UTF8.GetByteCount(text) <= maxBytes))
            return text;
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var storable = rune.Value == Nul ? Rune.ReplacementChar : rune;
            bytes += storable.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            kept.Append(storable.ToString());
        }

        return kept.ToString();
    }

    private static bool IsStorable(string text) =>
        !text.Contains(Nul, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
