using System.Text;

namespace AuthServer.Core.Logs;

/// <summary>Texts of strangers, as the log keeps them.</summary>
public static class LogText
{
    private const char Nul = '\0';

    /// <summary>At most so many characters, each of them Unicode and none NUL, which no store keeps.</summary>
    public static string? Bounded(string? text, int longest)
    {
        if (text is null)
            return null;
        var kept = text.Length > longest ? text[..longest] : text;
        return kept.Contains(Nul, StringComparison.Ordinal) || kept.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Readable(kept) : kept;
    }

    /// <summary>Half a surrogate pair becomes U+FFFD.</summary>
    private static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            readable.Append((rune.Value == Nul ? Rune.ReplacementChar : rune).ToString());
        return readable.ToString();
    }
}
