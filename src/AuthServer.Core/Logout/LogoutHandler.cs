using AuthServer.Core.Clients;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Logout;

/// <summary>What becomes of a logout request.</summary>
/// <param name="AtOnce">End the session without asking.</param>
/// <param name="RedirectUri">Where to go afterwards; checked. Null: stay here.</param>
/// <param name="State">Goes along, unchanged.</param>
/// <param name="Client">The application that asks; null when it is not known.</param>
public sealed record LogoutDecision(bool AtOnce, string? RedirectUri, string? State, Client? Client);

/// <summary>OpenID Connect RP-Initiated Logout 1.0 (<c>/oidc/logout</c>), and Auth0's <c>/v2/logout</c>.</summary>
public sealed class LogoutHandler(Tenant tenant, IClientStore clients, IdTokenHints hints)
{
    /// <summary>Only a hint that speaks of who is signed in here ends the session without a question (ASVS 10.6.2).</summary>
    public async Task<Result<LogoutDecision>> HandleOidcAsync(RequestParameters parameters, SignedIn? signedIn, CancellationToken ct)
    {
        IdTokenHint? hint = null;
        if (parameters["id_token_hint"] is { } token)
        {
            hint = await hints.ReadAsync(token, ct);
            if (hint is null)
                return OAuthError.InvalidRequest("id_token_hint is not an ID token of this issuer");
        }

        if (hint is not null && parameters["client_id"] is { } named && named != hint.ClientId)
            return OAuthError.InvalidRequest("client_id is not the audience of id_token_hint");

        var clientId = hint?.ClientId ?? parameters["client_id"];
        var client = clientId is null ? null : await clients.FindAsync(clientId, ct);
        if (clientId is not null && client is null)
            return OAuthError.InvalidRequest($"Unknown client: {clientId}");

        var redirectUri = parameters["post_logout_redirect_uri"];
        if (redirectUri is not null && !LogoutRules.IsAllowed(client, tenant.Settings, redirectUri))
            return OAuthError.InvalidRequest("post_logout_redirect_uri is not in the list of allowed logout URLs");

        var atOnce = signedIn is null || (hint is not null && LogoutRules.Speaks(hint, signedIn, tenant));
        return new LogoutDecision(atOnce, redirectUri, parameters["state"], client);
    }

    /// <summary>Auth0's own logout, which asks nobody: the caller has seen to it that a person navigated here (mission decision 15).</summary>
    public async Task<Result<LogoutDecision>> HandleAuth0Async(RequestParameters parameters, CancellationToken ct)
    {
        var clientId = parameters["client_id"];
        var client = clientId is null ? null : await clients.FindAsync(clientId, ct);
        if (clientId is not null && client is null)
            return OAuthError.InvalidRequest($"Unknown client: {clientId}");

        var returnTo = parameters["returnTo"];
        if (returnTo is not null && !LogoutRules.IsAllowed(client, tenant.Settings, returnTo))
            return OAuthError.InvalidRequest("returnTo is not in the list of allowed logout URLs");
        returnTo ??= (client?.AllowedLogoutUrls ?? tenant.Settings.AllowedLogoutUrls).FirstOrDefault();
        return new LogoutDecision(AtOnce: true, returnTo, State: null, client);
    }
}
