using System.Net.Mail;
using System.Net.Security;
using System.Net.Sockets;
using AuthServer.Core.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpClient = MailKit.Net.Smtp.SmtpClient;
using SmtpStatusCode = MailKit.Net.Smtp.SmtpStatusCode;

namespace AuthServer.Web.Mail;

/// <summary>
/// A mail server that takes submissions (RFC 6409). The emails of a scope share one connection, which ends with it.
/// </summary>
public sealed class SmtpEmailSender(MailOptions options) : IEmailSender, IAsyncDisposable
{
    /// <summary>A server that stays silent for longer is tried again later.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(5);

    private readonly MailAddress from = options.Sender;
    private SmtpClient? client;
    private EmailDeliveryException? unreachable;

    public bool IsOpen => true;

    /// <summary>Validates the server's certificate instead of the platform.</summary>
    internal RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    public async Task SendAsync(Guid id, EmailMessage email, CancellationToken ct)
    {
        using var message = MimeMessageFactory.Of(email, from, id);
        if (unreachable is not null)
            throw unreachable;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            client ??= new SmtpClient
            {
                // A list of revoked certificates would be fetched from a URL that the certificate names.
                CheckCertificateRevocation = false,
                ServerCertificateValidationCallback = CertificateValidation,
            };
            if (!client.IsConnected)
                await ConnectAsync(client, timeout.Token);
            await client.SendAsync(FormatFor(client), message, timeout.Token);
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted)
        {
            throw new EmailDeliveryException(
                $"the mail server refused the recipient ({refused.StatusCode})", IsFinal(refused.StatusCode));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new EmailDeliveryException("the mail server did not answer in time", forGood: false);
        }
        catch (Exception failure) when (IsOfServer(failure))
        {
            throw new EmailDeliveryException($"the mail server failed ({KindOf(failure)})", forGood: false, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client is null)
            return;
        using var timeout = new CancellationTokenSource(QuitTimeout);
        if (client.IsConnected)
            await client.DisconnectAsync(quit: true, timeout.Token);
        client.Dispose();
    }

    /// <summary>A server that can't be used is not tried again for each email of the scope.</summary>
    private async Task ConnectAsync(SmtpClient connecting, CancellationToken ct)
    {
        try
        {
            await connecting.ConnectAsync(options.Smtp.Host!, options.Smtp.Port, options.Smtp.Security, ct);
            if (options.Smtp is { Username: { } user, Password: { } password })
                await connecting.AuthenticateAsync(user, password, ct);
        }
        catch (Exception failure) when (failure is OperationCanceledException || IsOfServer(failure))
        {
            unreachable = new EmailDeliveryException(
                $"the mail server can't be used ({KindOf(failure)})", forGood: false, failure);
            throw;
        }
    }

    /// <summary>Unencoded UTF-8 in headers and addresses, where the server supports it (RFC 6531).</summary>
    private static FormatOptions FormatFor(SmtpClient connected)
    {
        var format = FormatOptions.Default.Clone();
        format.International = connected.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        return format;
    }

    private static bool IsOfServer(Exception failure) =>
        failure is ProtocolException or CommandException or AuthenticationException or SslHandshakeException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or NotSupportedException or IOException or SocketException;

    private static string KindOf(Exception failure) =>
        failure is SmtpCommandException command ? $"{command.StatusCode}" : failure.GetType().Name;

    /// <summary>RFC 5321 §4.2.1: 5yz is permanent.</summary>
    private static bool IsFinal(SmtpStatusCode code) => (int)code is >= 500 and < 600;
}
