using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.EmailLinks;

/// <summary>Confirms an address by the link of an email.</summary>
public sealed class VerifyEmailModel(TicketParts parts)
    : TicketPage(parts, TicketKinds.VerifyEmail, LogEventTypes.Verification, LogEventTypes.FailedVerification)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        return await FinishAsync(
            Live is { Ticket: var ticket } && await Tickets.TryVerifyEmailAsync(ticket, Now, ct), ct);
    }

    /// <summary>The account page sends it again.</summary>
    protected override string AnotherPath(Issuer issuer) => AccountApplication.Path;
}
