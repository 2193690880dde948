using System.Net;
using System.Net.Mail;
using AuthServer.Core.Mail;

namespace AuthServer.Web.Mail;

/// <summary>A mail server that takes submissions, RFC 6409, over STARTTLS (RFC 3207).</summary>
public sealed class SmtpEmailSender(MailOptions options) : IEmailSender
{
    /// <summary>A server that stays silent for longer is tried again later.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly MailAddress from = options.Sender;

    public bool IsOpen => true;

    public async Task SendAsync(Guid id, EmailMessage email, CancellationToken ct)
    {
        using var message = MimeMessageFactory.Of(email, from, id);
        using var client = new SmtpClient(options.Smtp.Host, options.Smtp.Port)
        {
            EnableSsl = options.Smtp.IsProtected,
            DeliveryFormat = SmtpDeliveryFormat.International,
            Credentials = options.Smtp.Username is null
                ? null
                : new NetworkCredential(options.Smtp.Username, options.Smtp.Password),
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (SmtpFailedRecipientException refused)
        {
            throw new EmailDeliveryException(
                $"the mail server refused the recipient ({refused.StatusCode})", IsFinal(refused.StatusCode));
        }
        catch (SmtpException failure)
        {
            throw new EmailDeliveryException($"the mail server failed ({failure.StatusCode})", forGood: false, failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new EmailDeliveryException("the mail server did not answer in time", forGood: false);
        }
    }

    /// <summary>RFC 5321 §4.2.1: 5yz is permanent.</summary>
    private static bool IsFinal(SmtpStatusCode code) => (int)code is >= 500 and < 600;
}
