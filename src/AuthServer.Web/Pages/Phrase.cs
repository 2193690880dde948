using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Pages;

/// <summary>A sentence with names in it: each in <c>bdi</c>, so that its direction stays its own.</summary>
public sealed class Phrase(LocalizedString sentence, params string[] names) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var rest = sentence.Value.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && open + 2 < rest.Length && rest[open + 2] == '}')
        {
            encoder.Encode(writer, rest[..open].ToString());
            writer.Write("<bdi class=\"name\">");
            encoder.Encode(writer, names[rest[open + 1] - '0']);
            writer.Write("</bdi>");
            rest = rest[(open + 3)..];
        }

        encoder.Encode(writer, rest.ToString());
    }
}
