using System.Collections.Concurrent;
using System.Net.Mail;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Mail;

/// <summary>An email that can't be sent keeps back no other one.</summary>
public sealed class FailingEmailTests
{
    private const string Failing = "fails@example.com";

    private static EmailMessage To(string address) => new(address, "Hello", "Hello", "<p>Hello</p>");

    [Fact]
    public void An_address_that_only_dotnet_takes_is_given_up()
    {
        const string address = "grace.@example.com";
        Assert.True(MailAddress.TryCreate(address, out _));
        var error = Assert.Throws<EmailDeliveryException>(() =>
            MimeMessageFactory.Of(To(address), new MailAddress("no-reply@northwind.example"), Guid.NewGuid()));

        Assert.True(error.ForGood);
    }

    [Fact]
    public async Task After_an_unexpected_failure_the_others_are_sent_and_only_the_one_is_tried_again()
    {
        var sender = new FailingSender();
        await using var server = new TestServer(services: all => all.AddSingleton<IEmailSender>(sender));
        var outbox = server.Services.GetRequiredService<Outbox>();
        var now = server.Time.GetUtcNow();
        await server.ChangeAsync(db =>
        {
            db.AddRange(outbox.Put(To(Failing), now), outbox.Put(To("grace@example.com"), now));
            return Task.CompletedTask;
        });

        await UntilOnlyOneIsLeftAsync(tries: 1);
        server.Time.Advance(OutgoingEmail.Retries.PauseAfter(1));
        await UntilOnlyOneIsLeftAsync(tries: 2);
        Assert.Equal(["grace@example.com"], sender.Sent);

        Task UntilOnlyOneIsLeftAsync(int tries) => Eventually.UntilAsync(
            () => server.WithAsync<AuthDbContext, bool>(async db =>
                await db.OutgoingEmails.ToListAsync() is [var left] && left.Tries == tries),
            $"Not only one email is left after {tries} tries.");
    }

    [Fact]
    public async Task A_server_that_stops_sends_no_email_twice_and_leaves_the_others_to_the_next_round()
    {
        var sender = new StoppingSender();
        await using var server = new TestServer(services: all => all.AddSingleton<IEmailSender>(sender));
        var outbox = server.Services.GetRequiredService<Outbox>();
        var now = server.Time.GetUtcNow();
        await server.ChangeAsync(db =>
        {
            foreach (var second in Enumerable.Range(1, 3))
                db.Add(outbox.Put(To($"grace{second}@example.com"), now.AddSeconds(second - 3)));
            return Task.CompletedTask;
        });

        await server.WithAsync<EmailDelivery, int>(delivery => sender.StopAtSecondAsync(delivery, now));
        var due = await server.WithAsync<AuthDbContext, int>(
            db => db.OutgoingEmails.CountAsync(email => email.Tries == 0 && email.NextTryAt <= now));

        Assert.Equal((2, 2), (sender.Tried, due));
    }

    private sealed class FailingSender : IEmailSender
    {
        public ConcurrentQueue<string> Sent { get; } = [];

        public bool IsOpen => true;

        public Task SendAsync(Guid id, EmailMessage email, CancellationToken ct)
        {
            if (email.To == Failing)
                throw new InvalidOperationException("unexpected");
            Sent.Enqueue(email.To);
            return Task.CompletedTask;
        }
    }

    /// <summary>Is open for the test, not for the server's own rounds.</summary>
    private sealed class StoppingSender : IEmailSender
    {
        private readonly AsyncLocal<CancellationTokenSource?> stop = new();

        public int Tried { get; private set; }

        public bool IsOpen => stop.Value is not null;

        public async Task<int> StopAtSecondAsync(EmailDelivery delivery, DateTimeOffset now)
        {
            using var source = stop.Value = new CancellationTokenSource();
            return await delivery.DeliverAsync(now, source.Token);
        }

        public async Task SendAsync(Guid id, EmailMessage email, CancellationToken ct)
        {
            if (++Tried == 2)
                await stop.Value!.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }
}
