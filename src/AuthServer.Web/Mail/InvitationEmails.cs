using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Mail;

/// <summary>
/// Writes the emails that invite people to an organization, in the tenant's first language: theirs is unknown.
/// </summary>
public sealed class InvitationEmails(Tenant tenant, Outbox outbox)
{
    /// <returns>The row to be stored in the transaction of the invitation.</returns>
    public OutgoingEmail Write(
        Invitation invitation,
        Organization organization,
        Client client,
        string url,
        DateTimeOffset now)
    {
        var texts = new EmailTexts(EmailTexts.LanguageOf(tenant.Settings));
        var (name, inviter) = (DisplayText.Of(organization.Title), DisplayText.Of(invitation.InviterName));
        return outbox.Put(EmailLayout.Write(Brand.Of(tenant.Settings, organization), texts.Language, new EmailWords(
            invitation.Email,
            texts["Mail.Invitation.Subject", name],
            [texts["Mail.Invitation.Body", inviter, name, DisplayText.Of(client.Name)]],
            texts["Mail.Invitation.Action"],
            url,
            texts["Mail.Invitation.Note", invitation.ExpiresAt.UtcDateTime.ToString("D", texts.Language)])), now);
    }
}
