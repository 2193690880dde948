using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthServer.Core.Mail;
using AuthServer.TestKit;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Tests.Mail;

/// <summary>The connection to a mail server: TLS from the first byte or by STARTTLS, then the credentials.</summary>
public sealed class SmtpEmailSenderTests
{
    private static readonly EmailMessage Email = new("grace@example.com", "Hello", "Hello", "<p>Hello</p>");
    private static readonly X509Certificate2 Certificate = Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_is_sent_encrypted_in_one_connection(bool beginsWithTls)
    {
        using var sink = new SmtpSink(Certificate, beginsWithTls);
        await using (var sender = SenderTo(sink, beginsWithTls, trusted: true))
        {
            await sender.SendAsync(Guid.NewGuid(), Email, Ct);
            await sender.SendAsync(Guid.NewGuid(), Email with { Subject = "Again" }, Ct);
        }

        Assert.Equal(["Hello", "Again"], sink.Received.Select(mail => mail.Subject));
        Assert.All(sink.Received, mail => Assert.True(mail is { IsEncrypted: true, Credentials: "\0user\0secret" }));
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_with_a_certificate_of_an_unknown_authority_gets_nothing(bool beginsWithTls)
    {
        using var sink = new SmtpSink(Certificate, beginsWithTls);
        await using var sender = SenderTo(sink, beginsWithTls, trusted: false);

        await IsRefusedAsync(sender, sink);
    }

    [Fact]
    public async Task A_server_that_does_not_offer_tls_gets_nothing_and_is_asked_once_a_batch()
    {
        using var sink = new SmtpSink();
        await using var sender = SenderTo(sink, beginsWithTls: false, trusted: true);

        await IsRefusedAsync(sender, sink);
        await IsRefusedAsync(sender, sink);
        Assert.Equal(1, sink.Connections);
    }

    /// <summary>A mail server closes a connection at will (RFC 5321 §3.8).</summary>
    [Fact]
    public async Task An_email_after_a_closed_connection_gets_another()
    {
        using var sink = new SmtpSink(Certificate);
        sink.Refuse("MAIL", "421 closing");
        await using var sender = SenderTo(sink, beginsWithTls: false, trusted: true);

        await IsRefusedAsync(sender, sink);
        await sender.SendAsync(Guid.NewGuid(), Email, Ct);

        Assert.Single(sink.Received);
    }

    private static async Task IsRefusedAsync(SmtpEmailSender sender, SmtpSink sink)
    {
        var error = await Assert.ThrowsAsync<EmailDeliveryException>(() =>
            sender.SendAsync(Guid.NewGuid(), Email, Ct));

        Assert.False(error.ForGood);
        Assert.Empty(sink.Received);
    }

    private static SmtpEmailSender SenderTo(SmtpSink sink, bool beginsWithTls, bool trusted) =>
        new(new MailOptions
        {
            From = "no-reply@northwind.example",
            Smtp = new()
            {
                Host = "127.0.0.1",
                Port = sink.Port,
                Username = "user",
                Password = "secret",
                ImplicitTls = beginsWithTls,
                StartTls = beginsWithTls ? null : true,
            },
        })
        {
            CertificateValidation = trusted ? IsOfSink : null,
        };

    /// <summary>The name is checked as always; only the authority is the test's.</summary>
    private static bool IsOfSink(object sender, X509Certificate? sent, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.RemoteCertificateChainErrors && Certificate.Equals(sent);

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sink", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
