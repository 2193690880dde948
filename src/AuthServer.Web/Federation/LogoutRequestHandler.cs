using AuthServer.Core;
using AuthServer.Core.Logout;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Protocol.EndSession;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Formats;
using AuthServer.Web.Http;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Federation;

/// <summary>Ends the browser's session, or asks the user on a page of this server.</summary>
internal sealed class LogoutRequestHandler(
    LogoutHandler handler,
    BrowserSession session,
    PendingLogouts pending,
    FederatedLogout logout,
    IEventLog events)
{
    /// <summary>OpenIddict has validated the request, or found the error in it.</summary>
    public async Task<IResult> HandleOidcAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.ReadEndSessionRequest().Succeeded(out var request, out var error))
            return await RefuseAsync(error);
        var signedIn = await session.FindAsync(ct);
        var decision = await handler.HandleOidcAsync(request, signedIn, http.Request.IsNavigation(), ct);
        return await FollowAsync(decision, IsFederated(http.Request), request.UiLocales, ct);
    }

    /// <summary>An image or a frame must not end a session.</summary>
    public async Task<IResult> HandleAuth0Async(HttpRequest http, CancellationToken ct)
    {
        if (!http.IsNavigation())
            return new ErrorPageResult(NotAPage);
        if (!http.ReadQuery().Succeeded(out var parameters, out var malformed))
            return await RefuseAsync(malformed);
        var decided = await handler.HandleAuth0Async(parameters, ct);
        return decided.Succeeded(out var decision, out var error)
            ? await FollowAsync(decision, IsFederated(http), parameters["ui_locales"], ct)
            : await RefuseAsync(error);
    }

    private static OAuthError NotAPage =>
        OAuthError.InvalidRequest("Logging out needs a page of its own, not an image or a frame.");

    /// <summary>Auth0's <c>federated</c> has no value.</summary>
    private static bool IsFederated(HttpRequest http) =>
        http.Query.ContainsKey("federated")
        || (HttpMethods.IsPost(http.Method) && http.HasFormContentType && http.Form.ContainsKey("federated"));

    private async Task<IResult> RefuseAsync(OAuthError error)
    {
        await events.RecordAsync(LogEventTypes.FailedLogout, new LogEvent { Error = error });
        return new ErrorPageResult(error);
    }

    private async Task<IResult> FollowAsync(
        LogoutDecision decision, bool federated, string? uiLocales, CancellationToken ct)
    {
        var waiting = new PendingLogout(decision.RedirectUri, decision.State, decision.Client?.Name)
        {
            UnverifiedClientId =
                decision.Client is { IsOpenRedirectProtected: true } client ? client.ClientId : null,
            UiLocales = uiLocales,
            Federated = federated,
        };
        var handle = pending.Seal(waiting);
        if (handle.Length > PendingLogouts.MaxLength)
            return await RefuseAsync(OAuthError.InvalidRequest("The logout request is too long."));
        return Redirects.To(decision.AtOnce ? await logout.EndAsync(waiting, ct) : "/u/logout?state=" + handle);
    }
}
