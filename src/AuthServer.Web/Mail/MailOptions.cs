using System.Net;
using System.Net.Mail;
using MailKit.Security;

namespace AuthServer.Web.Mail;

/// <summary>
/// How emails are sent. Without a server, Development writes them into the data directory and Production sends none.
/// </summary>
public sealed class MailOptions
{
    /// <summary><c>Name &lt;no-reply@example.com&gt;</c>, or only the address.</summary>
    public string? From { get; set; }

    public SmtpOptions Smtp { get; set; } = new();

    public MailAddress Sender => new(From ?? "AuthServer <no-reply@localhost>");

    public IEnumerable<string> Validate()
    {
        if (From is not null
            && (!MailAddress.TryCreate(From, out var sender) || MimeMessageFactory.MailboxOf(sender) is null))
        {
            yield return $"AuthServer__Mail__From is '{From}', and must be an email address, for example "
                + "no-reply@example.com or Example <no-reply@example.com>.";
        }

        if (string.IsNullOrEmpty(Smtp.Host))
        {
            if ((Smtp.Username, Smtp.Password, Smtp.StartTls, Smtp.ImplicitTls) is not (null, null, null, null))
                yield return "AuthServer__Mail__Smtp__Host is not set, but other settings of the mail server are. Set "
                    + "it, or remove them.";
            yield break;
        }

        if (string.IsNullOrEmpty(From))
            yield return "AuthServer__Mail__From is not set. Set it to the address that emails come from, for example "
                + "no-reply@example.com.";
        if (Smtp.Port is < 1 or > 65_535)
            yield return "AuthServer__Mail__Smtp__Port must be between 1 and 65535.";
        if (Smtp is { BeginsWithTls: true, StartTls: not null })
            yield return "AuthServer__Mail__Smtp__StartTls is set, but TLS begins before SMTP at port 465 and with "
                + "ImplicitTls. Remove it, or use the mail server's submission port, most often 587.";
        if (Smtp.Username is null != Smtp.Password is null)
            yield return "AuthServer__Mail__Smtp__Username and ...__Password go together: set both or none.";
        if (Smtp is { IsProtected: false, IsOnThisMachine: false, Username: not null })
            yield return "AuthServer__Mail__Smtp__StartTls is false, and the password would be sent unencrypted. Leave "
                + "StartTls on, or remove Username and Password.";
    }
}

/// <summary>The mail server.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public string? Username { get; set; }
    public string? Password { get; set; }

    /// <summary>
    /// Emails carry secrets: false is only for a mail server in a protected network. Default true, except for a server
    /// on this machine.
    /// </summary>
    public bool? StartTls { get; set; }

    /// <summary>
    /// TLS begins with the connection (RFC 8314 §3.3), instead of by STARTTLS. Default true at port 465.
    /// </summary>
    public bool? ImplicitTls { get; set; }

    public bool BeginsWithTls => ImplicitTls ?? Port == 465;

    public bool IsProtected => BeginsWithTls || (StartTls ?? !IsOnThisMachine);

    /// <summary>A server that does not offer STARTTLS, as after an attack, gets nothing.</summary>
    public SecureSocketOptions Security => (BeginsWithTls, IsProtected) switch
    {
        (true, _) => SecureSocketOptions.SslOnConnect,
        (_, true) => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    public bool IsOnThisMachine =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
