using System.Globalization;
using System.Net;
using AuthServer.Core.Mail;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Mail;

/// <summary>Contents of an email, before its layout.</summary>
/// <param name="To">One address.</param>
/// <param name="Subject">One line; words of other parties in it went through <see cref="DisplayText"/>.</param>
/// <param name="Paragraphs">Plain text.</param>
/// <param name="Action">Text of the button.</param>
/// <param name="Url">URL of the button: an address of the configured issuer.</param>
/// <param name="Note">In small type at the end: how long the link works, and a note for users who did not request
/// it.</param>
public sealed record EmailWords(
    string To,
    string Subject,
    IReadOnlyList<string> Paragraphs,
    string? Action,
    string? Url,
    string Note);

/// <summary>
/// Layout of all emails: plain text and HTML with the same words, without images or scripts from anywhere.
/// </summary>
public static class EmailLayout
{
    public static EmailMessage Write(Brand brand, CultureInfo language, EmailWords words) =>
        new(words.To, words.Subject, TextOf(brand, words), HtmlOf(brand, language, words));

    private static string TextOf(Brand brand, EmailWords words)
    {
        var parts = new List<string>(words.Paragraphs);
        if (words.Url is not null)
            parts.Add(words.Action + ":\n" + words.Url);
        parts.Add(words.Note);
        parts.Add("-- \n" + brand.Name);
        return string.Join("\n\n", parts) + "\n";
    }

    private static string HtmlOf(Brand brand, CultureInfo language, EmailWords words)
    {
        var paragraphs = string.Concat(
            words.Paragraphs.Select(text => $"<p style=\"margin:0 0 16px\">{Encode(text)}</p>"));
        var button = words.Url is null
            ? ""
            : $"""
                <p style="margin:28px 0"><a href="{Encode(words.Url)}"
                style="display:inline-block;padding:12px 22px;border-radius:10px;background:{brand.Colour};
                color:{brand.Colour.TextOnIt};font-weight:600;text-decoration:none">{Encode(words.Action ?? "")}</a></p>
                """;
        return $"""
            <!doctype html>
            <html lang="{language.TwoLetterISOLanguageName}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <title>{Encode(words.Subject)}</title></head>
            <body style="margin:0;padding:32px 16px;background:#f4f5f8;color:#1b1d24;
            font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans JP',sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:32px;border-radius:16px;background:#fff;
            overflow-wrap:anywhere">
            <p style="margin:0 0 24px;font-weight:650">{Encode(brand.Name)}</p>
            <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{Encode(words.Subject)}</h1>
            {paragraphs}{button}<p style="margin:24px 0 0;font-size:13px;color:#5b6070">{Encode(words.Note)}</p>
            </div></body></html>

            """;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
