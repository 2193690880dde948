using System.Text.Json;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

/// <summary>
/// <c>verify_email</c> and <c>client_id</c> of a user's body: whether a letter asks to confirm the address. Runs inside
/// the caller's transaction.
/// </summary>
internal sealed class UserVerification(IssuedTickets tickets, Emails letters, IEmailSender post, Tenant tenant)
{
    public static ManagementError NoMail { get; } =
        new(
            StatusCodes.Status400BadRequest,
            "No mail server is configured, so that no letter can be sent. Use /tickets/email-verification, and "
                + "deliver its link yourself.",
            "mail_not_configured");

    /// <summary>A letter that the caller wants in so many words, and that can't be written.</summary>
    public ManagementError? Refuse(JsonBody body, User user)
    {
        if (Wish(body) is not true)
            return null;
        if (!post.IsOpen)
            return NoMail;
        return user.Email is null
            ? ManagementError.InvalidBody(new ValidationError("The user has no e-mail address", "verify_email"))
            : null;
    }

    /// <param name="body">Its wish counts.</param>
    /// <param name="user">Who is stored in the same transaction.</param>
    /// <param name="byDefault">What happens without a wish.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">The caller may go away.</param>
    public async Task WriteAsync(JsonBody body, User user, bool byDefault, DateTimeOffset now, CancellationToken ct)
    {
        if (!(Wish(body) ?? byDefault) || !post.IsOpen || user.Email is null)
            return;
        var mailed = letters.VerifyEmail(user, body.Text("client_id"), EmailTexts.LanguageOf(tenant.Settings), now);
        await tickets.ReplaceAsync(mailed.Ticket, mailed.EmailMessage, ct);
    }

    private static bool? Wish(JsonBody body) =>
        body.Root.TryGetProperty("verify_email", out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
