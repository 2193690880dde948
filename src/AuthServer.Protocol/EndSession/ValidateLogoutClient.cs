using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Logout;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.EndSession;

/// <summary>
/// The hint is valid, the client is the one that it was issued to, and the browser returns only to a URL that it, or
/// without a client the tenant, has registered (RP-Initiated Logout 1.0 §2 and §3). Replaces
/// ValidateClientPostLogoutRedirectUri, which without a <c>client_id</c> accepts the URL of any client, and
/// ValidateAuthorizedParty.
/// </summary>
internal sealed class ValidateLogoutClient(Tenant tenant, IClientStore clients, IIdTokenHintReader hints)
    : IOpenIddictServerHandler<ValidateEndSessionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateEndSessionRequestContext>()
        .UseScopedHandler<ValidateLogoutClient>()
        .SetOrder(OpenIddictServerHandlers.Session.ValidateClientPostLogoutRedirectUri.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        if (!(await ReadAsync(context)).Succeeded(out var valid, out var error))
            context.Reject(error);
        else
            context.Transaction.LogoutRequest = valid;
    }

    private async Task<Result<ValidLogoutRequest>> ReadAsync(ValidateEndSessionRequestContext context)
    {
        var (request, ct) = (context.Request, context.CancellationToken);
        var hint = request.IdTokenHint is { } token ? await hints.ReadAsync(token, ct) : null;
        if (request.IdTokenHint is not null && hint is null)
            return OAuthError.InvalidRequest("id_token_hint is not an ID token of this issuer");
        if (hint is not null && request.ClientId is { } named && named != hint.Client.ClientId)
            return OAuthError.InvalidRequest("client_id is not the audience of id_token_hint");

        var clientId = hint?.Client.ClientId ?? request.ClientId;
        var client = hint?.Client ?? (clientId is null ? null : await clients.FindAsync(clientId, ct));
        var url = request.PostLogoutRedirectUri;
        if (clientId is not null && client is null)
            return OAuthError.InvalidRequest($"Unknown client: {clientId}");
        if (url is not null && !LogoutRules.IsAllowed(client, tenant.Settings, url))
            return OAuthError.InvalidRequest("post_logout_redirect_uri is not in the list of allowed logout URLs");
        return new ValidLogoutRequest(client, hint, url, request.State, request.UiLocales);
    }
}
