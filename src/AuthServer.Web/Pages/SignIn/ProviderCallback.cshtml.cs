using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.Responses;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.SignIn;

/// <summary>
/// Path that identity providers send browsers back to: a redirect, or a form that the provider's page posts. Such a
/// form can't have an antiforgery token of this server; the encrypted state and its cookie replace it.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ProviderCallbackModel(
    ExternalLoginChallenge challenge,
    ExternalLoginSignIn signIn,
    LinkTickets tickets,
    ConnectionTrials trials,
    InteractionParts parts) : PageModel
{
    /// <summary>The page that this one leads on to: the dashboard's, after a trial.</summary>
    public string Next { get; private set; } = "";

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ReceiveAsync(Request.ReadQuery(), ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        await ReceiveAsync(await Request.ReadOAuthFormAsync(ct), ct);

    private async Task<IActionResult> ReceiveAsync(Result<RequestParameters> read, CancellationToken ct)
    {
        if (!read.Succeeded(out var answer, out var malformed))
            return new PageErrorResult(new PageError(PageErrorKind.Request) { Cause = malformed });
        return await challenge.ReturnAsync(answer, ct) switch
        {
            null => Lost(),
            { Attempt.TriedIn: { } sessionId } returned => ShowTrial(returned, sessionId),
            { Attempt.LinkIn: not null } returned => await LinkAsync(returned, ct),
            { Handle: { } handle } returned => await SignInAsync(returned, handle, ct),
            _ => Lost(),
        };
    }

    private async Task<IActionResult> SignInAsync(Returned returned, string handle, CancellationToken ct)
    {
        if (parts.Pending.Open(handle) is not { } waiting)
            return Lost();
        var wayOn = "/u/login?state=" + handle;
        if (!(await parts.Handler.ExamineAsync(waiting, ct)).Succeeded(out var authorization, out var refused))
            return new PageErrorResult(new PageError(PageErrorKind.Request) { Cause = refused });
        if (returned.User is not { } user)
        {
            await parts.Events.RecordAsync(
                LogEventTypes.FailedLogin,
                About(returned, authorization) with
                {
                    Description = returned.Problem?.Failure.ToString(),
                });
            return Failed(returned, wayOn);
        }

        if (!authorization.AllowedConnections.Any(connection => connection.Id == returned.Attempt.ConnectionId)
            || !await signIn.SignInAsync(returned.Provider, user, About(returned, authorization), ct))
            return new PageErrorResult(new PageError(PageErrorKind.ProviderClosed) { WayOn = wayOn });

        Response.SetOpenerPolicy(waiting.Parameters);
        return new EndpointResult(Redirects.To(parts.Pending.ResumePath(waiting)));
    }

    /// <summary>Only for the very session that asked; and it is asked once more before anything is connected.</summary>
    private async Task<IActionResult> LinkAsync(Returned returned, CancellationToken ct)
    {
        if (await parts.Session.FindAsync(ct) is not { Session.Id: var sessionId }
            || sessionId != returned.Attempt.LinkIn)
            return Lost();
        if (returned.User is not { } user)
            return Failed(returned, "/account");
        var ticket = tickets.Seal(
            sessionId, returned.Attempt.ConnectionId, ProviderUser.IdentityOf(returned.Provider, user));
        return new EndpointResult(Redirects.To("/account/connect?ticket=" + ticket));
    }

    /// <summary>The page of the dashboard shows it only in the session that asked.</summary>
    private PageResult ShowTrial(Returned returned, string sessionId)
    {
        Next = trials.PathOf(sessionId, returned);
        return Page();
    }

    private static LogEvent About(Returned returned, AuthorizeContext authorization) =>
        new LogEvent()
            .For(authorization.Client)
            .At(returned.Provider.Connection)
            .In(authorization.RequestedOrganization.Organization);

    private static PageErrorResult Failed(Returned returned, string wayOn) =>
        new(new PageError(PageError.KindOf(returned.Problem?.Failure ?? ProviderFailure.Untrusted)) { WayOn = wayOn });

    private static PageErrorResult Lost() => new(new PageError(PageErrorKind.Expired));
}
