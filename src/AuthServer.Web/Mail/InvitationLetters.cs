using System.Globalization;
using AuthServer.Core.Clients;
using AuthServer.Core.Mail;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Web.Branding;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Mail;

/// <summary>Writes the letters that invite people to an organization.</summary>
public sealed class InvitationLetters(IStringLocalizer<Texts> texts, Tenant tenant, Outbox outbox)
{
    private static readonly string[] Spoken = ["en", "ja"];

    /// <returns>The row to be stored in the transaction of the invitation.</returns>
    public OutgoingMail Write(Invitation invitation, Organization organization, Client client, string url, DateTimeOffset now) =>
        outbox.Put(Compose(invitation, organization, client, url), now);

    /// <summary>In the tenant's first language: nothing is known of the person's.</summary>
    private Letter Compose(Invitation invitation, Organization organization, Client client, string url)
    {
        var language = CultureInfo.GetCultureInfo(tenant.Settings.EnabledLocales.Select(locale => locale.Split('-')[0]).FirstOrDefault(Spoken.Contains) ?? "en");
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = language;
        try
        {
            var (name, inviter) = (DisplayText.Of(organization.Title), DisplayText.Of(invitation.InviterName));
            return LetterPaper.Write(Brand.Of(tenant.Settings, organization), language, new LetterWords(
                invitation.Email,
                texts["Mail.Invitation.Subject", name],
                [texts["Mail.Invitation.Body", inviter, name, DisplayText.Of(client.Name)]],
                texts["Mail.Invitation.Action"],
                url,
                texts["Mail.Invitation.Note", invitation.ExpiresAt.UtcDateTime.ToString("D", language)]));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
