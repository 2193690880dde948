using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Logout;
using AuthServer.Core.Logs;
using AuthServer.Core.Sessions;
using AuthServer.Protocol.EndSession;
using AuthServer.Protocol.Extraction;
using AuthServer.Web.Http;

namespace AuthServer.Web.Federation;

/// <summary>Ends the browser's session, or asks the user on a page of this server.</summary>
internal sealed class LogoutRequestHandler(
    LogoutHandler handler,
    IClientStore clients,
    BrowserSession session,
    PendingLogouts pending,
    FederatedLogout logout,
    IEventLog events)
{
    /// <summary>OpenIddict has validated the request, or found the error in it.</summary>
    public async Task<IResult> HandleOidcAsync(HttpContext http, CancellationToken ct)
    {
        if (!(await http.ReadEndSessionRequestAsync()).Succeeded(out var request, out var error))
            return await RefuseAsync(error);
        var client = request.ClientId is { } id ? await clients.FindAsync(id, ct) : null;
        var hint = request.Subject is { } subject && client is not null
            ? new IdTokenHint(subject, client.ClientId, request.SessionId, client)
            : null;
        var valid = new ValidLogoutRequest(client, hint, request.PostLogoutRedirectUri, request.State);
        var decision = handler.HandleOidc(valid, await session.FindAsync(ct));
        return await FollowAsync(decision, IsFederated(http.Request), request.UiLocales, ct);
    }

    /// <summary>An image or a frame must not end a session; old browsers send no <c>Sec-Fetch-Dest</c>.</summary>
    public async Task<IResult> HandleAuth0Async(HttpRequest http, CancellationToken ct)
    {
        if (http.Headers["Sec-Fetch-Dest"].ToString() is not ("" or "document"))
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
            UiLocales = uiLocales,
            Federated = federated,
        };
        var handle = pending.Seal(waiting);
        if (handle.Length > PendingLogouts.MaxLength)
            return await RefuseAsync(OAuthError.InvalidRequest("The logout request is too long."));
        return Redirects.To(decision.AtOnce ? await logout.EndAsync(waiting, ct) : "/u/logout?state=" + handle);
    }
}
