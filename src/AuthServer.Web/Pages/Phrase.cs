using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Pages;

/// <summary>
/// A sentence with names in it. A name that may be written from right to left turns nothing around it.
/// </summary>
/// <param name="sentence">With a place for each of them.</param>
/// <param name="names">Strings, elements of HTML, or values such as numbers.</param>
public sealed class Phrase(LocalizedString sentence, params object[] names) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var rest = sentence.Value.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && open + 2 < rest.Length && rest[open + 2] == '}')
        {
            encoder.Encode(writer, rest[..open].ToString());
            Write(writer, encoder, names[rest[open + 1] - '0']);
            rest = rest[(open + 3)..];
        }

        encoder.Encode(writer, rest.ToString());
    }

    private static void Write(TextWriter writer, HtmlEncoder encoder, object name)
    {
        if (name is IHtmlContent element)
            element.WriteTo(writer, encoder);
        else
            WriteName(writer, encoder, Convert.ToString(name, CultureInfo.InvariantCulture) ?? "");
    }

    /// <summary>An address breaks behind its @ and its dots, before it breaks inside a word.</summary>
    private static void WriteName(TextWriter writer, HtmlEncoder encoder, string name)
    {
        var element = name.Any(MayBeRightToLeft) ? "bdi" : "span";
        var encoded = encoder.Encode(name);
        if (name.Contains('@', StringComparison.Ordinal))
            encoded = WithBreaks(encoded);
        writer.Write($"<{element} class=\"name\">{encoded}</{element}>");
    }

    private static string WithBreaks(string address) => address
        .Replace("@", "@<wbr>", StringComparison.Ordinal)
        .Replace(".", ".<wbr>", StringComparison.Ordinal);

    /// <summary>
    /// The blocks of Unicode with characters of that direction, the characters that set a direction, and all that is
    /// written with surrogates. Other names are not isolated: a browser sets an isolated one without the space between
    /// Latin and Japanese characters.
    /// </summary>
    private static bool MayBeRightToLeft(char character) => character is
        (>= '\u0590' and <= '\u08ff') or (>= '\ud800' and <= '\udfff') or (>= '\ufb1d' and <= '\ufdff')
        or (>= '\ufe70' and <= '\ufefe') or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e')
        or (>= '\u2066' and <= '\u2069');
}
