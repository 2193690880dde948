using System.Net.Mail;
using System.Text;
using AuthServer.Core.Mail;
using MimeKit;
using MimeKit.Text;

namespace AuthServer.Web.Mail;

/// <summary>Writes an email as a message of RFC 5322: plain text and HTML, all of it UTF-8.</summary>
internal static class MimeMessageFactory
{
    /// <param name="email">Contents of the email.</param>
    /// <param name="from">Us.</param>
    /// <param name="id">The same at every try, so that a mailbox recognizes a repeated one.</param>
    /// <exception cref="EmailDeliveryException">The recipient is not an email address.</exception>
    public static MimeMessage Of(EmailMessage email, MailAddress from, Guid id)
    {
        if (!MailAddress.TryCreate(email.To, out var to) || to.Address != email.To || MailboxOf(to) is not { } mailbox)
            throw new EmailDeliveryException("the recipient is not an email address", forGood: true);
        var message = new MimeMessage
        {
            Subject = OneLine(email.Subject),
            MessageId = $"{id:N}@{from.Host}",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = email.Text },
                new TextPart(TextFormat.Html) { Text = email.Html },
            },
        };
        message.From.Add(MailboxOf(from)!);
        message.To.Add(mailbox);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    /// <summary>Null for an address that only .NET takes, such as one with a dot before the @.</summary>
    public static MailboxAddress? MailboxOf(MailAddress address)
    {
        try
        {
            return new MailboxAddress(Encoding.UTF8, address.DisplayName, address.Address);
        }
        catch (Exception invalid) when (invalid is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A line break in a subject would begin another header.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
