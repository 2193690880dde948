using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Federation;

/// <summary>
/// Ends the browser's session, and with <c>federated</c> sends the browser on to end the one at the provider that it
/// came by; the provider sends it back with the encrypted rest of the way, which was checked before.
/// </summary>
public sealed class FederatedLogout(
    Tenant tenant,
    BrowserSession session,
    ISessionStore sessions,
    PendingLogouts pending,
    IConnectionStore connections,
    OidcProviderClient dialogue,
    IEventLog events)
{
    public const string ReturnPath = "/login/logged-out";

    /// <returns>URL that the browser is sent to.</returns>
    public async Task<string> EndAsync(PendingLogout waiting, CancellationToken ct)
    {
        var signedIn = await session.FindAsync(ct);
        var mayRedirect = await MayRedirectAsync(waiting, signedIn, ct);
        var frames = await session.EndAsync(ct);
        if (signedIn is not null)
        {
            var about = new LogEvent { ClientName = waiting.ClientName, Connection = signedIn.Session.Connection };
            await events.RecordAsync(LogEventTypes.Logout, about.By(signedIn.User));
        }

        var rest = waiting with { Federated = false };
        var isAtProvider = waiting.Federated && signedIn is not null;
        return isAtProvider && await AtProviderAsync(signedIn!, rest with { Frames = frames }, ct) is { } url
            ? url
            : pending.After(rest, frames, mayRedirect);
    }

    /// <summary>The logout continues as it would have without the provider.</summary>
    public string Return(string? state) => pending.Open(state) is { } rest
        ? pending.After(rest, rest.Frames, mayRedirect: rest.UnverifiedClientId is null)
        : "/u/logout?done";

    /// <summary>
    /// The browser is redirected to a client that registered itself only out of a session that used the client.
    /// </summary>
    private async Task<bool> MayRedirectAsync(PendingLogout waiting, SignedIn? signedIn, CancellationToken ct)
    {
        if (waiting.UnverifiedClientId is not { } clientId)
            return true;
        return signedIn is not null && (await sessions.FindSidsAsync(signedIn.Session.Id, clientId, ct)).Count > 0;
    }

    private async Task<string?> AtProviderAsync(SignedIn signedIn, PendingLogout rest, CancellationToken ct)
    {
        if (await connections.FindByNameAsync(signedIn.Session.Connection, ct) is not { } connection)
            return null;
        if (IdentityProvider.Of(connection) is not { Preset.IsOpenId: true } provider)
            return null;
        return await dialogue.MetadataAsync(provider, ct) is { EndSessionEndpoint: { } endpoint }
            ? UpstreamRequest.LogoutUrlOf(provider, endpoint, tenant.Issuer.At(ReturnPath), pending.Seal(rest))
            : null;
    }
}
