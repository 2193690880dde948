using System.Globalization;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;

namespace AuthServer.Web.Mail;

/// <summary>
/// Emails that ask to confirm an address, when a mail server is configured and the budgets of docs/security.md allow.
/// </summary>
public sealed class VerificationEmails(IEmailSender post, Emails emails, IAttemptCounters counters)
{
    /// <summary>
    /// Email that is sent with a new account. The budgets are taken before it is known whether the address is free.
    /// </summary>
    /// <returns>Null when none goes out.</returns>
    public async Task<MailedTicket?> TryWriteAsync(
        User user,
        string? clientId,
        string ip,
        CultureInfo language,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (!post.IsOpen || user.Email is null || user.NormalizedEmail is not { } recipient)
            return null;
        return await counters.TryTakeAsync(
            [.. MailBudgets.OfAddress(ip), .. MailBudgets.OfRecipient(recipient)], now,
            ct)
            ? emails.VerifyEmail(user, clientId, language, now)
            : null;
    }
}
