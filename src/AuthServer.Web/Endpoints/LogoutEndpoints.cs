using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Logout;
using AuthServer.Core.Logs;
using AuthServer.Core.Sessions;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace AuthServer.Web.Endpoints;

/// <summary><c>/oidc/logout</c> (OpenID Connect RP-Initiated Logout 1.0) and <c>/v2/logout</c> (Auth0's).</summary>
internal static class LogoutEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLogout()
        {
            routes.MapMethods("/oidc/logout", ["GET", "POST"], (HttpContext http, LogoutRequest logout, CancellationToken ct) => logout.OidcAsync(http, ct))
                .DisableAntiforgery();
            routes.MapGet(FederatedLogout.ReturnPath, (string? state, FederatedLogout logout) => Redirects.To(logout.Return(state)));
            routes.MapGet("/v2/logout", (HttpRequest http, LogoutRequest logout, CancellationToken ct) => logout.Auth0Async(http, ct));
        }
    }

    internal sealed class LogoutRequest(
        LogoutHandler handler, IClientStore clients, BrowserSession session, PendingLogouts pending, FederatedLogout logout, IEventLog events)
    {
        /// <summary>OpenIddict has validated the request, or found the error in it.</summary>
        public async Task<IResult> OidcAsync(HttpContext http, CancellationToken ct)
        {
            if (http.GetOpenIddictServerResponse() is { Error: { } error } response)
                return await RefuseAsync(OAuthError.Of(error, response.ErrorDescription ?? ""));
            var request = http.GetOpenIddictServerRequest()!;
            var client = request.ClientId is { } id ? await clients.FindAsync(id, ct) : null;
            var hint = await HintAsync(http, client);
            var valid = new ValidLogoutRequest(client, hint, request.PostLogoutRedirectUri, request.State);
            var federated = http.Request.Query.ContainsKey("federated") || (http.Request.HasFormContentType && http.Request.Form.ContainsKey("federated"));
            return await FollowAsync(handler.HandleOidc(valid, await session.FindAsync(ct)), federated, request.UiLocales, ct);
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

        private static async Task<IdTokenHint?> HintAsync(HttpContext http, Client? client)
        {
            var hint = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
            return hint?.GetClaim("sub") is { } subject && client is not null
                ? new IdTokenHint(subject, client.ClientId, hint.GetClaim("sid"), client)
                : null;
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
