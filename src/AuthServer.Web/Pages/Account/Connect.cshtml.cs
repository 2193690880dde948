using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// Connects an identity to the account of the signed-in user: after they authenticated again, after they proved that
/// the identity is theirs, and after they confirmed it on this page. An email address connects nothing.
/// </summary>
public sealed class ConnectModel(
    BrowserSession session,
    IConnectionStore connections,
    IIdentityStore identities,
    ExternalLoginChallenge challenge,
    LinkTickets tickets,
    IEventLog events,
    TimeProvider time) : PageModel
{
    public SignedIn SignedIn { get; private set; } = null!;

    public IdentityProvider Provider { get; private set; } = null!;

    /// <summary>The identity as a user, to be shown.</summary>
    public User Theirs { get; private set; } = null!;

    /// <summary>The identity belongs to another user, and is not moved.</summary>
    public bool Taken { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Request.Query.ContainsKey("ticket"))
            return await OpenAsync(ct) is null ? Elsewhere("/account") : Page();
        if (await session.FindAsync(ct) is not { } signedIn)
            return Elsewhere(AccountApplication.SignInPath);

        // A link on another site begins nothing.
        if (Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return Elsewhere("/account");
        if (!FreshSession.Is(signedIn, time.GetUtcNow()))
            return Elsewhere(AccountApplication.ProvePath);

        var name = Request.Query["connection"].ToString();
        var offered = (await connections.AllAsync(ct)).Where(one => !one.IsDatabase && one.OffersButton);
        if (offered.FirstOrDefault(one => one.Name == name) is not { } picked)
            return Elsewhere("/account");
        return await challenge.ForLinkAsync(picked, signedIn.Session.Id, ct) is { } url
            ? Elsewhere(url)
            : new PageErrorResult(new PageError(PageErrorKind.ProviderDown) { WayOn = "/account" });
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Request.Form["action"] is not ["confirm"] || await OpenAsync(ct) is not { } ticket)
            return Elsewhere("/account");
        var moved = await identities.AddAsync(SignedIn.User.UserId, ticket.Identity, ct);
        Taken = moved == IdentityMove.OfAnotherUser;
        if (moved == IdentityMove.Done)
            await events.RecordAsync(
                LogEventTypes.ApiOperation,
                new LogEvent { Description = "Link an identity" }
                    .At(Provider.Connection)
                    .By(SignedIn.User));
        return Taken ? Page() : Elsewhere("/account");
    }

    private async Task<LinkTicket?> OpenAsync(CancellationToken ct)
    {
        if (await session.FindAsync(ct) is not { } signedIn
            || tickets.Open(Request.Query["ticket"], signedIn.Session.Id) is not { } ticket)
            return null;
        if (await connections.FindAsync(ticket.ConnectionId, ct) is not { } connection
            || IdentityProvider.Of(connection) is not { } provider)
            return null;
        (SignedIn, Provider, Theirs) = (signedIn, provider, ProviderUser.Of(ticket.Identity, time.GetUtcNow()));
        return ticket;
    }

    private static EndpointResult Elsewhere(string url) => new(Redirects.To(url));
}
