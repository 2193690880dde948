using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Mail;

/// <summary>
/// From the outbox to a mail server: at least once, later when it fails
/// (docs/security.md#emails-and-tickets-asvs-637-64).
/// </summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly SmtpSink sink = new();
    private readonly TestServer server;

    public DeliveryTests() => server = new TestServer(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AuthServer:Mail:Smtp:Host"] = "127.0.0.1",
        ["AuthServer:Mail:Smtp:Port"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["AuthServer:Mail:From"] = "ノースウィンド <no-reply@northwind.example>",
    });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        sink.Dispose();
    }

    [Fact]
    public async Task An_email_arrives_as_text_and_html_in_any_script()
    {
        const string text = "こんにちは。\n.一行目\nÄÖÜ 🦉";
        var id = await PutAsync(
            new EmailMessage(
                "grace@example.com", "ノースウィンド・ヘルス: メールアドレスの確認のお願い（重要なお知らせです）", text, $"<p>{text}</p>"));

        var mail = await sink.NextAsync();

        Assert.Equal(("no-reply@northwind.example", "grace@example.com"), (mail.From, mail.To));
        Assert.Equal("ノースウィンド・ヘルス: メールアドレスの確認のお願い（重要なお知らせです）", mail.Subject);
        Assert.Equal(text, mail.Part("text/plain").ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal($"<p>{text}</p>", mail.Part("text/html").ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal($"<{id:N}@northwind.example>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        await UntilEmptyAsync();
    }

    [Fact]
    public async Task A_failed_email_is_tried_again_later_and_sent_once()
    {
        sink.Refuse("MAIL", "451 later");
        await PutAsync(new EmailMessage("grace@example.com", "Hello", "Hello", "Hello"));
        await UntilTriedAsync();
        Assert.Empty(sink.Received);

        server.Time.Advance(OutgoingEmail.Retries.PauseAfter(0));

        Assert.Equal("Hello", (await sink.NextAsync()).Subject);
        await UntilEmptyAsync();
        Assert.Empty(sink.Received);
    }

    [Theory]
    [InlineData("RCPT", "550 no such mailbox")]
    public async Task A_recipient_who_is_refused_for_good_is_given_up(string command, string answer)
    {
        sink.Refuse(command, answer);
        await PutAsync(new EmailMessage("nobody@example.com", "Hello", "Hello", "Hello"));

        await UntilEmptyAsync();
        Assert.Equal(1, sink.Connections);
        Assert.EndsWith(
            "was given up after 1 tries", (await server.EventAsync("fn")).Description, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody@example.com", server.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grace@example.com\r\nBcc: all@example.com", "Hello")]
    [InlineData("grace@example.com, all@example.com", "Hello")]
    [InlineData("Grace <grace@example.com>", "Hello")]
    public async Task A_recipient_that_is_more_than_an_address_gets_nothing(string to, string subject)
    {
        await PutAsync(new EmailMessage(to, subject, "Hello", "Hello"));

        await UntilEmptyAsync();
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_subject_can_not_begin_another_header()
    {
        await PutAsync(new EmailMessage("grace@example.com", "Hello\r\nBcc: all@example.com", "Hello", "Hello"));

        var mail = await sink.NextAsync();
        Assert.Null(mail.Header("Bcc"));
        Assert.StartsWith("Hello", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_day_an_email_is_given_up()
    {
        for (var i = 0; i < 3; i++)
            sink.Refuse("MAIL", "451 later");
        await PutAsync(new EmailMessage("grace@example.com", "Hello", "Hello", "Hello"));
        await UntilTriedAsync();
        server.Time.Advance(OutgoingEmail.Retries.Lifetime);

        await UntilEmptyAsync();
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task No_email_is_readable_in_the_store()
    {
        sink.Refuse("MAIL", "451 later");
        await PutAsync(new EmailMessage("grace@example.com", "Hello", "a-ticket-that-nobody-may-read", "Hello"));
        await sink.WaitForConnectionsAsync(1);

        foreach (var file in Directory.GetFiles(server.DataDirectory, "authserver.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            Assert.True(bytes.AsSpan().IndexOf("a-ticket-that-nobody-may-read"u8) < 0, file);
        }
    }

    private async Task<Guid> PutAsync(EmailMessage letter)
    {
        var mail = server.Services.GetRequiredService<Outbox>().Put(letter, server.Time.GetUtcNow());
        await server.ChangeAsync(db => Task.FromResult(db.Add(mail)));
        return mail.Id;
    }

    private Task UntilTriedAsync() => Eventually.UntilAsync(
        () => server.WithAsync<AuthDbContext, bool>(db => db.OutgoingEmails.AnyAsync(m => m.Tries == 1)),
        "The email was not tried.");

    private Task UntilEmptyAsync() => Eventually.UntilAsync(
        () => server.WithAsync<AuthDbContext, bool>(async db => !await db.OutgoingEmails.AnyAsync()),
        "The outbox is not empty.");
}

/// <summary>Invalid settings stop the start with a message that names them.</summary>
public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("mail.example.com", null, 587, null, null, null, "AuthServer__Mail__From is not set")]
    [InlineData("mail.example.com", "nobody", 587, null, null, null, "must be an email address")]
    [InlineData("mail.example.com", "a.@example.com", 587, null, null, null, "must be an email address")]
    [InlineData("mail.example.com", "a@example.com", 0, null, null, null, "between 1 and 65535")]
    [InlineData("mail.example.com", "a@example.com", 465, null, null, true, "TLS begins before SMTP")]
    [InlineData("mail.example.com", "a@example.com", 587, "user", null, null, "go together")]
    [InlineData("mail.example.com", "a@example.com", 25, "user", "secret", false, "would be sent unencrypted")]
    [InlineData(null, "a@example.com", 587, "user", "secret", null, "AuthServer__Mail__Smtp__Host is not set")]
    public void Missing_settings_are_named(
        string? host,
        string? from,
        int port,
        string? user,
        string? password,
        bool? tls,
        string said)
    {
        var options = new MailOptions
        {
            From = from,
            Smtp = new()
            {
                Host = host,
                Port = port,
                Username = user,
                Password = password,
                StartTls = tls,
            },
        };

        Assert.Contains(options.Validate(), sentence => sentence.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mail.example.com", null, true)]
    [InlineData("mail.example.com", false, false)]
    [InlineData("localhost", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", null, false)]
    [InlineData("localhost", true, true)]
    public void Emails_are_unencrypted_only_to_this_machine_unless_configured(
        string host, bool? tls, bool expected)
    {
        var options = new MailOptions { From = "a@example.com", Smtp = new() { Host = host, StartTls = tls } };

        Assert.Empty(options.Validate());
        Assert.Equal(expected, options.Smtp.IsProtected);
    }
}
