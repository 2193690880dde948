using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Logout;

/// <summary>Outcome of a logout request.</summary>
/// <param name="AtOnce">End the session without asking the user.</param>
/// <param name="RedirectUri">Allowed URL that the browser is sent to; null: it stays here.</param>
/// <param name="State">Returned there unchanged.</param>
/// <param name="Client">Application of the request; null when it is unknown.</param>
public sealed record LogoutDecision(bool AtOnce, string? RedirectUri, string? State, Client? Client);

/// <summary>OpenID Connect RP-Initiated Logout 1.0 (<c>/oidc/logout</c>), and Auth0's <c>/v2/logout</c>.</summary>
public sealed class LogoutHandler(Tenant tenant, IClientStore clients, ISessionStore sessions)
{
    /// <summary>
    /// Decides about a valid request to <c>/oidc/logout</c>: only a hint about the session of this browser ends it
    /// without a question (ASVS 10.6.2), and only when the user navigates here.
    /// </summary>
    public async Task<LogoutDecision> HandleOidcAsync(
        ValidLogoutRequest request, SignedIn? signedIn, bool isNavigation, CancellationToken ct)
    {
        var atOnce = signedIn is null || (isNavigation && await SpeaksAsync(request.Hint, signedIn, ct));
        return new LogoutDecision(atOnce, request.PostLogoutRedirectUri, request.State, request.Client);
    }

    /// <summary>Auth0's own logout, which does not ask: the caller has checked that a person navigated here.</summary>
    public async Task<Result<LogoutDecision>> HandleAuth0Async(RequestParameters parameters, CancellationToken ct)
    {
        var clientId = parameters["client_id"];
        var client = clientId is null ? null : await clients.FindAsync(clientId, ct);
        if (clientId is not null && client is null)
            return OAuthError.InvalidRequest($"Unknown client: {clientId}");

        var returnTo = parameters["returnTo"];
        if (returnTo is not null && !LogoutRules.IsAllowedReturnTo(client, tenant.Settings, returnTo))
            return OAuthError.InvalidRequest("returnTo is not in the list of allowed logout URLs");
        returnTo ??= LogoutRules.DefaultOf(client, tenant.Settings);
        return new LogoutDecision(AtOnce: true, returnTo, State: null, client);
    }

    private async Task<bool> SpeaksAsync(IdTokenHint? hint, SignedIn signedIn, CancellationToken ct)
    {
        if (hint is null)
            return false;
        var sids = await sessions.FindSidsAsync(signedIn.Session.Id, hint.Client.ClientId, ct);
        return LogoutRules.Speaks(hint, signedIn, sids, tenant);
    }
}
