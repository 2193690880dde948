using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Tickets;

/// <summary>
/// URL in an email: always of the configured issuer, never of a request's Host header (CVE-2023-49097).
/// </summary>
public static class TicketLink
{
    public const string VerifyEmailPath = "/u/verify-email";
    public const string ResetPasswordPath = "/u/reset-password";

    /// <param name="issuer">Issuer whose page it is.</param>
    /// <param name="ticket">Ticket, whose kind selects the page.</param>
    /// <param name="value">The ticket's value.</param>
    /// <param name="language">Language of the page; null for the browser's own.</param>
    public static string Of(Issuer issuer, Ticket ticket, Secret value, string? language = null)
    {
        var path = ticket.Kind == TicketKinds.VerifyEmail ? VerifyEmailPath : ResetPasswordPath;
        return issuer.At($"{path}?ticket={value.Reveal()}{(language is null ? "" : "&ui_locales=" + language)}");
    }
}
