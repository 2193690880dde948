using AuthServer.Core.Clients;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Introspection;

/// <summary>
/// A client may introspect its own tokens, and access tokens for an API that it has a client grant for. Every other
/// token is inactive to it, without a reason (CVE-2026-55672). Replaces ValidateAuthorizedParty, which looks for the
/// client among the audiences.
/// </summary>
internal sealed class ValidateIntrospectionAccess(IClientStore clients)
    : IOpenIddictServerHandler<ValidateIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateIntrospectionRequestContext>()
        .UseSingletonHandler<ValidateIntrospectionAccess>()
        .SetOrder(OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateIntrospectionRequestContext context)
    {
        if (context.Transaction.PresentedToken is { IsValid: false } || !await MayIntrospectAsync(context))
            context.Reject(Errors.InvalidToken, "The token is not active, or not for this client");
    }

    private async ValueTask<bool> MayIntrospectAsync(ValidateIntrospectionRequestContext context)
    {
        var (client, ct) = (context.Transaction.Client!, context.CancellationToken);
        var token = context.GenericTokenPrincipal!;
        if (token.HasPresenter(client.ClientId))
            return true;
        if (!token.HasTokenType(TokenTypeIdentifiers.AccessToken))
            return false;
        if (token.StoredAudience(context.Transaction.Tenant.Issuer) is not { } api)
            return false;
        if (await clients.FindGrantAsync(client.ClientId, api, ct) is null)
            return false;
        return !token.IsClientToken || await clients.FindAsync(token.ClientId!, ct) is not null;
    }
}
