using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Tickets;
using AuthServer.Protocol.Authorize;
using AuthServer.Web.Branding;
using AuthServer.Web.Http;
using AuthServer.Web.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Pages.EmailLinks;

/// <summary>Services of every page behind an email's link.</summary>
public sealed record TicketParts(
    ITicketStore Tickets,
    IClientStore Clients,
    PendingAuthorizationProtector Pending,
    Tenant Tenant,
    IEmailSender Post,
    IEventLog Events,
    TimeProvider Time);

/// <summary>Link to continue with.</summary>
public sealed record WayOn(string Url, string? ClientName);

/// <summary>
/// Page behind an email's link. A GET does not consume the ticket: programs that scan emails open every link. Only the
/// button does.
/// </summary>
public abstract class TicketPage(TicketParts parts, string kind, LogEventType success, LogEventType failure) : PageModel
{
    /// <summary>Ticket in the URL; null when it can't be used, for any reason.</summary>
    public LiveTicket? Live { get; private set; }

    /// <summary>It was used just now.</summary>
    public bool Done { get; private set; }

    public WayOn? WayOn { get; private set; }

    public string Account => DisplayText.Of(Live?.User.Email ?? Live?.User.Username ?? "");

    /// <summary>Page that sends another link; null when no emails can be sent.</summary>
    public string? Another => parts.Post.IsOpen ? AnotherPath(parts.Tenant.Issuer) : null;

    protected ITicketStore Tickets => parts.Tickets;

    protected Tenant Tenant => parts.Tenant;

    protected DateTimeOffset Now => parts.Time.GetUtcNow();

    private LogEvent AboutTicket => new LogEvent { ClientId = Live?.Ticket.ClientId }.By(Live?.User);

    public Task OnGetAsync(CancellationToken ct) => OpenAsync(ct);

    protected abstract string AnotherPath(Issuer issuer);

    protected virtual async Task OpenAsync(CancellationToken ct)
    {
        if (Request.Query["ticket"] is [{ Length: > 0 } value])
            Live = await Tickets.FindAsync(new Secret(value).Hash(), kind, Now, ct);
        PageHeaders.Set(Response, Live?.Ticket.ResultUrl);
    }

    /// <summary>The response after the ticket was consumed, now or before.</summary>
    protected async Task<IActionResult> FinishAsync(bool spent, CancellationToken ct)
    {
        if (!spent || Live is not { Ticket: var ticket, User: var user })
        {
            await parts.Events.RecordAsync(
                failure,
                AboutTicket with
                {
                    Description = "The link was used before, is too old, or was never given out",
                });
            Live = null;
            return Page();
        }

        await parts.Events.RecordAsync(success, AboutTicket);

        if (ticket.ResultUrl is { } result)
        {
            var about = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["success"] = "true",
                ["email"] = ticket.EmailInResult ? user.Email : null,
            };
            return new EndpointResult(Redirects.To(QueryHelpers.AddQueryString(result, about)));
        }

        Done = true;
        WayOn = await WayOnAsync(ticket, ct);
        return Page();
    }

    /// <summary>
    /// Back to the sign-in that waits; else to the application's own start of a sign-in; else to the account page.
    /// </summary>
    private async Task<WayOn> WayOnAsync(Ticket ticket, CancellationToken ct)
    {
        var waiting = parts.Pending.Open(ticket.WaitingSignIn);
        var clientId = waiting?.Parameters["client_id"] ?? ticket.ClientId;
        var client = clientId is null or AccountApplication.ClientId
            ? null
            : await parts.Clients.FindAsync(clientId, ct);
        var name = client is null ? null : DisplayText.Of(client.Name);
        if (waiting is not null)
            return new WayOn("/u/login?state=" + parts.Pending.Seal(Forgotten(waiting)), name);
        return client?.InitiateLoginUri is { } start
            ? new WayOn(start, name)
            : new WayOn(AccountApplication.Path, ClientName: null);
    }

    /// <summary>Removes the screen hint of a request that came to reset the password: the user has done so.</summary>
    private static PendingAuthorization Forgotten(PendingAuthorization waiting) =>
        waiting.Parameters["screen_hint"] == "reset-password"
            ? waiting with
            {
                Parameters = waiting.Parameters.With("screen_hint", null),
            }
            : waiting;
}
