using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>Writes an email as a message of RFC 5322: plain text and HTML, all of it UTF-8.</summary>
internal static class MimeMessageFactory
{
    /// <param name="email">Contents of the email.</param>
    /// <param name="from">Us.</param>
    /// <param name="id">The same at every try, so that a mailbox recognizes a repeated one.</param>
    /// <exception cref="EmailDeliveryException">The recipient is not an email address.</exception>
    public static MailMessage Of(EmailMessage email, MailAddress from, Guid id)
    {
        if (!MailAddress.TryCreate(email.To, out var to) || to.Address != email.To)
            throw new EmailDeliveryException("the recipient is not an email address", forGood: true);
        var message = new MailMessage(from, to)
        {
            Subject = OneLine(email.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{id:N}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(
            AlternateView.CreateAlternateViewFromString(email.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(
            AlternateView.CreateAlternateViewFromString(email.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }

    /// <summary>A line break in a subject would begin another header.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
