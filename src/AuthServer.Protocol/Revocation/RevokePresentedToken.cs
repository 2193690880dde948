using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.AccessTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Revocation;

/// <summary>
/// Revokes a refresh token with its whole authorization, and an access token by itself (RFC 7009 §2.1); a JWT is
/// remembered until it expires. The token of another client is left as it is, and the response does not reveal it.
/// Replaces RevokeToken, which revokes one row.
/// </summary>
internal sealed class RevokePresentedToken(
    Tenant tenant, IStoredTokens tokens, IStoredAuthorizations authorizations, IReplayCache revoked, IEventLog events)
    : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleRevocationRequestContext>()
        .UseScopedHandler<RevokePresentedToken>()
        .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var (client, token) = (context.Transaction.Client!, context.GenericTokenPrincipal!);
        if (!token.HasPresenter(client.ClientId))
            return;
        var authorization = context.Transaction.LiveAuthorization;
        var about = authorization is null
            ? new LogEvent
            {
                Audience = token.StoredAudience(tenant.Issuer),
                Scope = string.Join(' ', token.GetScopes()),
            }
            : new LogEvent().Of(authorization);
        if (token.HasTokenType(TokenTypeIdentifiers.RefreshToken))
        {
            var now = context.Options.TimeProvider.GetUtcNow();
            await authorizations.RevokeAsync(authorization!.Id, now, context.CancellationToken);
            await events.RecordAsync(LogEventTypes.Revocation, about.For(client));
            return;
        }

        await RevokeAccessTokenAsync(context);
        about = about.For(client) with { Description = "Success Revocation (Access Token)" };
        await events.RecordAsync(LogEventTypes.Revocation, about);
    }

    private async ValueTask RevokeAccessTokenAsync(HandleRevocationRequestContext context)
    {
        var value = new Secret(context.Request.Token!).Hash();
        if (context.Transaction.PresentedToken is not null)
            await tokens.RevokeAsync(value, context.CancellationToken);
        else if (context.GenericTokenPrincipal!.GetExpirationDate() is { } expires)
            await revoked.TryAddAsync(value, expires, context.CancellationToken);
    }
}
