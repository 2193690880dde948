using System.Globalization;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Http;
using AuthServer.Web.Mail;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// Shows a user their sessions (ASVS 7.5.2) and the access of applications (ASVS 10.4.9, 10.7.3), and ends them. The
/// user is the session's: no posted id reaches another user's rows.
/// </summary>
public sealed class AccountModel(
    BrowserSession session,
    ISessionStore sessions,
    IAuthorizedApplicationStore applications,
    IConnectionStore connections,
    IIdentityStore identities,
    VerificationEmails verification,
    ITicketStore tickets,
    IEventLog events,
    TimeProvider time) : PageModel
{
    /// <summary>Message that the page shows once, after an operation that redirected here.</summary>
    public const string PasswordIsNew = "password";
    private const string EmailIsOut = "email";

    public SignedIn SignedIn { get; private set; } = null!;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public IReadOnlyList<AuthorizedApplication> Applications { get; private set; } = [];

    public bool PasswordChanged => Request.Query.ContainsKey(PasswordIsNew);

    public bool EmailSent => Request.Query.ContainsKey(EmailIsOut);

    public SignInMethods Methods { get; private set; } = null!;

    public bool HasOthers => Sessions.Any(other => other.Id != SignedIn.Session.Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await session.FindAsync(ct) is not { } signedIn)
        {
            // A user who cancelled the login is not sent back to it.
            var isCancelled = Request.Query.ContainsKey("error");
            return new EndpointResult(Redirects.To(isCancelled ? "/" : AccountApplication.SignInPath));
        }

        // The answer to the sign-in has nothing that the page needs.
        if (Request.QueryString.HasValue && !Request.Query.ContainsKey("ui_locales") && !PasswordChanged && !EmailSent)
            return new EndpointResult(Redirects.To(AccountApplication.Path));

        var now = time.GetUtcNow();
        SignedIn = signedIn;
        Sessions =
        [
            .. (await sessions.ListAsync(signedIn.User.UserId, now, ct)).OrderByDescending(other =>
                other.Id == signedIn.Session.Id),
        ];
        Applications = await applications.ListAsync(signedIn.User.UserId, now, ct);
        Methods = SignInMethods.Of(
            signedIn.User, await identities.OfAsync(signedIn.User.UserId, ct), await connections.AllAsync(ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await session.FindAsync(ct) is { User: { UserId: var userId } user, Session.Id: var sessionId } signedIn)
        {
            switch (Request.Posted("action"))
            {
                case "end" when Request.Posted("session") is var asked && asked != sessionId:
                    await EndAsync(user, asked, ct);
                    break;
                case "end-others":
                    await sessions.EndOthersAsync(userId, sessionId, time.GetUtcNow(), ct);
                    await events.RecordAsync(
                        LogEventTypes.Logout, new LogEvent { Description = "All other sessions were ended" }.By(user));
                    break;
                case "disconnect" when !FreshSession.Is(signedIn, time.GetUtcNow()):
                    return new EndpointResult(Redirects.To(AccountApplication.ProvePath));
                case "disconnect":
                    await DisconnectAsync(user, ct);
                    break;
                case "revoke":
                    await RevokeAsync(user, ct);
                    break;
                case "verify" when !user.EmailVerified:
                    await SendVerificationAsync(user, ct);
                    return new EndpointResult(Redirects.To(AccountApplication.Path + "?" + EmailIsOut));
            }
        }

        return new EndpointResult(Redirects.To(AccountApplication.Path));
    }

    private async Task EndAsync(User user, string sessionId, CancellationToken ct)
    {
        if (await sessions.TryEndAsync(user.UserId, sessionId, time.GetUtcNow(), ct))
        {
            await events.RecordAsync(
                LogEventTypes.Logout, new LogEvent { Description = "Another session was ended" }.By(user));
        }
    }

    private async Task DisconnectAsync(User user, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var moved = await identities.SplitAsync(
            user.UserId,
            Request.Posted("provider"),
            Request.Posted("identity"),
            identity => ProviderUser.Of(identity, now),
            check: null,
            now,
            ct);
        if (moved == IdentityMove.Done)
        {
            await events.RecordAsync(
                LogEventTypes.ApiOperation, new LogEvent { Description = "Unlink an identity" }.By(user));
        }
    }

    private async Task RevokeAsync(User user, CancellationToken ct)
    {
        var (client, audience) = (Request.Posted("client"), Request.Posted("audience"));
        if (await applications.TryRevokeAsync(user.UserId, client, audience, time.GetUtcNow(), ct))
        {
            await events.RecordAsync(
                LogEventTypes.Revocation, new LogEvent { ClientId = client, Audience = audience }.By(user));
        }
    }

    /// <summary>Beyond the budgets no email is sent: the previous one is recent, and valid.</summary>
    private async Task SendVerificationAsync(User user, CancellationToken ct)
    {
        var address = ClientAddress.Of(HttpContext.Connection.RemoteIpAddress);
        if (await verification.TryWriteAsync(
                user,
                clientId: null,
                address,
                CultureInfo.CurrentUICulture,
                time.GetUtcNow(),
                ct)
            is not { } mailed)
        {
            await events.RecordAsync(LogEventTypes.FailedVerificationRequest, new LogEvent().By(user));
            return;
        }

        await tickets.IssueAsync(mailed, ct);
        await events.RecordAsync(LogEventTypes.VerificationRequest, new LogEvent().By(user));
    }
}
