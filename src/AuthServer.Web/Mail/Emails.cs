using System.Globalization;
using AuthServer.Core.Clients;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Mail;

/// <summary>
/// Emails of this tenant. Each is a row to be stored in the transaction of the change that it reports.
/// </summary>
/// <param name="tenant">Tenant whose pages their links lead to.</param>
/// <param name="brandNow">Brand of this tenant, or of an organization of it: read when an email is written, because a
/// page learns only then which of them it is for.</param>
/// <param name="outbox">Outbox that they are written to.</param>
public sealed class Emails(Tenant tenant, Func<Brand> brandNow, Outbox outbox)
{
    /// <summary>Asks the user to confirm their address.</summary>
    public MailedTicket VerifyEmail(User user, string? clientId, CultureInfo language, DateTimeOffset now) =>
        WithTicket(
            "Mail.Verify",
            user,
            user.Email ?? throw new InvalidOperationException("The user has no address to write to."),
            new TicketTerms(TicketKinds.VerifyEmail) { ProvesAddress = true, ClientId = clientId },
            language,
            now);

    /// <summary>Lets the user set another password.</summary>
    /// <param name="user">User whose password it is.</param>
    /// <param name="to">The address that the password goes with, which need not be the user's own after accounts were
    /// linked.</param>
    /// <param name="clientId">Application that the request came from.</param>
    /// <param name="waitingSignIn"><see cref="Ticket.WaitingSignIn"/>.</param>
    /// <param name="language">Language of the email.</param>
    /// <param name="now">The moment.</param>
    public MailedTicket ResetPassword(
        User user,
        string to,
        string? clientId,
        string? waitingSignIn,
        CultureInfo language,
        DateTimeOffset now) =>
        WithTicket(
            "Mail.Reset", user, to,
            new TicketTerms(TicketKinds.ResetPassword)
            {
                ProvesAddress = LoginIdentifier.Normalize(to) == user.NormalizedEmail,
                ClientId = clientId,
                WaitingSignIn = waitingSignIn,
            },
            language,
            now);

    /// <summary>
    /// Reports to the user that the password was changed (ASVS 6.3.7); null for a user without an address.
    /// </summary>
    public OutgoingEmail? PasswordChanged(string? address, CultureInfo language, DateTimeOffset now) =>
        address is { } to ? Notice("Mail.Changed", "Mail.Changed.Text", to, null, language, now) : null;

    /// <summary>Notifies the user that wrong passwords blocked their account.</summary>
    /// <param name="to">The user's address.</param>
    /// <param name="origin">Address that the passwords came from; null for several addresses.</param>
    /// <param name="language">Of the email.</param>
    /// <param name="now">The moment.</param>
    public OutgoingEmail AccountBlocked(string to, string? origin, CultureInfo language, DateTimeOffset now) =>
        Notice(
            "Mail.Blocked",
            origin is null ? "Mail.Blocked.TextFromSeveral" : "Mail.Blocked.Text",
            to,
            origin,
            language,
            now);

    /// <summary>Reports the event and its time; the button leads to a new password.</summary>
    private OutgoingEmail Notice(
        string key, string textKey, string to, string? detail, CultureInfo language, DateTimeOffset now)
    {
        var (texts, brand) = (new EmailTexts(language), brandNow());
        var moment = now.UtcDateTime.ToString(texts["Account.Day"], language)
            + now.UtcDateTime.ToString(" HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var words = new EmailWords(
            to,
            texts[key + ".Subject", brand.Name],
            [texts[textKey, brand.Name, moment, detail ?? ""]],
            texts[key + ".Action"],
            tenant.Issuer.At(AccountApplication.ForgottenPath),
            texts[key + ".Note"]);
        return Put(texts, words, now);
    }

    private MailedTicket WithTicket(
        string key,
        User user,
        string to,
        TicketTerms terms,
        CultureInfo language,
        DateTimeOffset now)
    {
        var (ticket, value) = Ticket.For(user, terms, now);
        var (texts, brand) = (new EmailTexts(language), brandNow());
        var words = new EmailWords(
            to, texts[key + ".Subject", brand.Name], [texts[key + ".Text", brand.Name, DisplayText.Of(to)]],
            texts[key + ".Action"], TicketLink.Of(tenant.Issuer, ticket, value, language.TwoLetterISOLanguageName),
            texts[key + ".Note", (int)Ticket.Lifetime.TotalMinutes]);
        return new MailedTicket(ticket, Put(texts, words, now));
    }

    private OutgoingEmail Put(EmailTexts texts, EmailWords words, DateTimeOffset now) =>
        outbox.Put(EmailLayout.Write(brandNow(), texts.Language, words), now);
}
