using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Logout;
using AuthServer.Core.Tenants;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.EndSession;

/// <summary>
/// The client is the one that the hint was issued to, and the browser returns only to a URL that it, or without a
/// client the tenant, has registered (RP-Initiated Logout 1.0 §2 and §3). Replaces ValidateClientPostLogoutRedirectUri,
/// which without a <c>client_id</c> accepts the URL of any client, and ValidateAuthorizedParty.
/// </summary>
internal sealed class ValidateLogoutClient(Tenant tenant, IClientStore clients)
    : IOpenIddictServerHandler<ValidateEndSessionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateEndSessionRequestContext>()
        .UseScopedHandler<ValidateLogoutClient>()
        .SetOrder(OpenIddictServerHandlers.Session.ValidateClientPostLogoutRedirectUri.Descriptor.Order)
        .Build();

    private static OAuthError NotAllowed =>
        OAuthError.InvalidRequest("post_logout_redirect_uri is not in the list of allowed logout URLs");

    public async ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        var audience = context.IdentityTokenHintPrincipal?.GetAudiences().FirstOrDefault();
        if (audience is not null && context.Request.ClientId is { } named && named != audience)
        {
            context.Reject(OAuthError.InvalidRequest("client_id is not the audience of id_token_hint"));
            return;
        }

        var clientId = context.Request.ClientId = audience ?? context.Request.ClientId;
        var client = clientId is null ? null : await clients.FindAsync(clientId, context.CancellationToken);
        var url = context.Request.PostLogoutRedirectUri;
        if (clientId is not null && client is null)
            context.Reject(OAuthError.InvalidRequest($"Unknown client: {clientId}"));
        else if (url is not null && !LogoutRules.IsAllowed(client, tenant.Settings, url))
            context.Reject(NotAllowed);
    }
}
