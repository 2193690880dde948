using AuthServer.Core.Mail;
using AuthServer.Storage;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>
/// Emails that a server of the tests stored in its data directory, as Development does without a mail server.
/// </summary>
public static class Mailbox
{
    /// <summary>Emails to one address, the oldest first.</summary>
    public static IReadOnlyList<EmailMessage> EmailsTo(this TestServer server, string address) =>
        [
            .. Office(server)
                .Newest(1000)
                .Reverse()
                .Select(kept => kept.EmailMessage)
                .Where(email => email.To == address),
        ];

    /// <summary>The next email to an address after so many.</summary>
    public static Task<EmailMessage> EmailToAsync(this TestServer server, string address, int after = 0) =>
        Eventually.FindAsync(
            () => Task.FromResult(server.EmailsTo(address).ElementAtOrDefault(after)),
            $"No email to {address} came.",
            server.Log.ToString);

    /// <summary>Waits until nothing is left to be written or sent.</summary>
    public static Task UntilAllIsSentAsync(this TestServer server) => Eventually.UntilAsync(
        async () => !await server.WithAsync<AuthDbContext, bool>(IsAnythingLeftAsync),
        "Something is still to be sent.",
        server.Log.ToString);

    /// <summary>URL of the email's button: path and query.</summary>
    public static string LinkOf(this EmailMessage email) =>
        new Uri(email.Text.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    private static async Task<bool> IsAnythingLeftAsync(AuthDbContext db) =>
        await db.PasswordResetRequests.AnyAsync()
        || await db.LoginCounters.AnyAsync(counter => counter.NoticeDueAt != null)
        || await db.OutgoingEmails.AnyAsync();

    private static FileOutbox Office(TestServer server) => server.Services.GetRequiredService<FileOutbox>();
}
