using System.Text;
using AuthServer.Core.Model;

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

    /// <summary>The event with texts that a caller wrote cut to a size, and free of what no store keeps.</summary>
    /// <param name="about">The event.</param>
    /// <param name="maxTextBytes">Of those that are no name.</param>
    public static LogEvent WithBoundedTexts(this LogEvent about, int maxTextBytes) => about with
    {
        Description = Bounded(about.Description, maxTextBytes),
        ClientId = Bounded(about.ClientId, LogEvent.MaxNameBytes),
        ClientName = Bounded(about.ClientName, LogEvent.MaxNameBytes),
        Connection = Bounded(about.Connection, LogEvent.MaxNameBytes),
        UserName = Bounded(about.UserName, LogEvent.MaxNameBytes),
        UserAgent = Bounded(about.UserAgent, LogEvent.MaxNameBytes),
        Audience = Bounded(about.Audience, maxTextBytes),
        Scope = Bounded(about.Scope, maxTextBytes),
    };

    private static bool IsStorable(string text) =>
        !text.Contains(Nul, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
