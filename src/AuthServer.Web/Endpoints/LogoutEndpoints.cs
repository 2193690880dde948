using AuthServer.Core;
using AuthServer.Core.Logout;
using AuthServer.Core.Logs;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>/oidc/logout</c> (OpenID Connect RP-Initiated Logout 1.0) and <c>/v2/logout</c> (Auth0's).</summary>
internal static class LogoutEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLogout()
        {
            routes.MapGet("/oidc/logout", (HttpRequest http, LogoutRequest logout, CancellationToken ct) => logout.OidcAsync(http.ReadQuery(), http.Query.ContainsKey("federated"), ct));
            routes.MapPost("/oidc/logout", async (HttpRequest http, LogoutRequest logout, CancellationToken ct) =>
                await logout.OidcAsync(await http.ReadOAuthFormAsync(ct), http.HasFormContentType && http.Form.ContainsKey("federated"), ct)).DisableAntiforgery();
            routes.MapGet(FederatedLogout.ReturnPath, (string? state, FederatedLogout logout) => Redirects.To(logout.Return(state)));
            routes.MapGet("/v2/logout", (HttpRequest http, LogoutRequest logout, CancellationToken ct) => logout.Auth0Async(http, ct));
        }
    }

    internal sealed class LogoutRequest(LogoutHandler handler, BrowserSession session, PendingLogouts pending, FederatedLogout logout, IEventLog events)
    {
        public async Task<IResult> OidcAsync(Result<RequestParameters> read, bool federated, CancellationToken ct)
        {
            if (!read.Succeeded(out var parameters, out var malformed))
                return await RefuseAsync(malformed);
            var decided = await handler.HandleOidcAsync(parameters, await session.FindAsync(ct), ct);
            return decided.Succeeded(out var decision, out var refused) ? await FollowAsync(decision, federated, parameters["ui_locales"], ct) : await RefuseAsync(refused);
        }

        /// <summary>An image or a frame must not log anybody out (mission decision 15). Old browsers send no Sec-Fetch-Dest.</summary>
        public async Task<IResult> Auth0Async(HttpRequest http, CancellationToken ct)
        {
            if (http.Headers["Sec-Fetch-Dest"].ToString() is not ("" or "document"))
                return new ErrorPageResult(OAuthError.InvalidRequest("Logging out needs a page of its own, not an image or a frame."));
            if (!http.ReadQuery().Succeeded(out var parameters, out var malformed))
                return await RefuseAsync(malformed);
            var decided = await handler.HandleAuth0Async(parameters, ct);
            return decided.Succeeded(out var decision, out var refused) ? await FollowAsync(decision, http.Query.ContainsKey("federated"), parameters["ui_locales"], ct) : await RefuseAsync(refused);
        }

        private async Task<IResult> RefuseAsync(OAuthError error)
        {
            await events.RecordAsync(LogEventTypes.FailedLogout, new LogEvent { Error = error });
            return new ErrorPageResult(error);
        }

        private async Task<IResult> FollowAsync(LogoutDecision decision, bool federated, string? uiLocales, CancellationToken ct)
        {
            var waiting = new PendingLogout(decision.RedirectUri, decision.State, decision.Client?.Name) { UiLocales = uiLocales, Federated = federated };
            if (!decision.AtOnce)
                return Redirects.To("/u/logout?state=" + pending.Seal(waiting));

            return Redirects.To(await logout.EndAsync(waiting, ct));
        }
    }
}
