using System.Globalization;
using AuthServer.Core.Clients;
using AuthServer.Core.Mail;
using AuthServer.Core.Tenants;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Mail;

/// <summary>The letters of this tenant. Each is a row to be stored in the transaction of what it speaks of.</summary>
public sealed class Letters(Tenant tenant, Brand brand, Outbox outbox)
{
    /// <summary>Asks the user to confirm their address.</summary>
    public MailedTicket VerifyEmail(User user, string? clientId, CultureInfo language, DateTimeOffset now) =>
        WithTicket("Mail.Verify", user, new TicketTerms(TicketKinds.VerifyEmail) { ProvesAddress = true, ClientId = clientId }, language, now);

    /// <summary>Lets the user set another password.</summary>
    public MailedTicket ResetPassword(User user, string? clientId, string? waitingSignIn, CultureInfo language, DateTimeOffset now) =>
        WithTicket("Mail.Reset", user, new TicketTerms(TicketKinds.ResetPassword) { ProvesAddress = true, ClientId = clientId, WaitingSignIn = waitingSignIn }, language, now);

    /// <summary>Tells the user that the password is another (ASVS 6.3.7); null for a user without an address.</summary>
    public OutgoingMail? PasswordChanged(string? address, CultureInfo language, DateTimeOffset now)
    {
        const string key = "Mail.Changed";
        if (address is not { } to)
            return null;
        var texts = new LetterTexts(language);
        var moment = now.UtcDateTime.ToString(texts["Account.Day"], language) + now.UtcDateTime.ToString(" HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return Put(texts, new LetterWords(
            to, texts[key + ".Subject", brand.Name], [texts[key + ".Text", brand.Name, moment]],
            texts[key + ".Action"], tenant.Issuer.At(AccountApplication.ForgottenPath(tenant.Issuer)), texts[key + ".Note"]), now);
    }

    private MailedTicket WithTicket(string key, User user, TicketTerms terms, CultureInfo language, DateTimeOffset now)
    {
        var (ticket, value) = Ticket.For(user, terms, now);
        var texts = new LetterTexts(language);
        var to = user.Email ?? throw new InvalidOperationException("The user has no address to write to.");
        var words = new LetterWords(
            to, texts[key + ".Subject", brand.Name], [texts[key + ".Text", brand.Name, DisplayText.Of(to)]],
            texts[key + ".Action"], TicketLink.Of(tenant.Issuer, ticket, value, language.TwoLetterISOLanguageName),
            texts[key + ".Note", (int)Ticket.Lifetime.TotalMinutes]);
        return new MailedTicket(ticket, Put(texts, words, now));
    }

    private OutgoingMail Put(LetterTexts texts, LetterWords words, DateTimeOffset now) => outbox.Put(LetterPaper.Write(brand, texts.Language, words), now);
}
