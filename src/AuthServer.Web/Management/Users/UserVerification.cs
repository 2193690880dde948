using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

/// <summary>
/// <c>verify_email</c> and <c>client_id</c> of a user's body: whether an email asks to confirm the address. Runs inside
/// the caller's transaction.
/// </summary>
internal sealed class UserVerification(IssuedTickets tickets, Emails emails, IEmailSender sender, Tenant tenant)
{
    public static ManagementException NoMail => ManagementError.BadRequest(
        "No mail server is configured, so that no email can be sent. Use /tickets/email-verification, and deliver its "
        + "link yourself.",
        "mail_not_configured").AsException();

    /// <exception cref="ManagementException">
    /// The body asks for an email that can't be sent.
    /// </exception>
    public void EnsureDeliverable(JsonBody body, User user)
    {
        if (AskedFor(body) is not true)
            return;
        if (!sender.IsOpen)
            throw NoMail;
        if (user.Email is null)
            throw ManagementException.Invalid("The user has no e-mail address", "verify_email");
    }

    /// <param name="body">Says whether an email is sent.</param>
    /// <param name="user">Stored in the same transaction.</param>
    /// <param name="byDefault">What happens when the body does not say.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task WriteAsync(JsonBody body, User user, bool byDefault, DateTimeOffset now, CancellationToken ct)
    {
        if (!(AskedFor(body) ?? byDefault) || !sender.IsOpen || user.Email is null)
            return;
        var mailed = emails.VerifyEmail(user, body.Text("client_id"), EmailTexts.LanguageOf(tenant.Settings), now);
        await tickets.ReplaceAsync(mailed.Ticket, mailed.Email, ct);
    }

    private static bool? AskedFor(JsonBody body) =>
        body.Root.TryGetProperty("verify_email", out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
