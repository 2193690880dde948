using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>
/// Finds the authorization of a token that is presented at <c>/userinfo</c>, introspected or revoked, and rejects a
/// token without one. A JWT does not name its own: some live one of its user, client and API must exist, and the JWT
/// must not be revoked.
/// </summary>
internal sealed class FindLiveAuthorization(IStoredAuthorizations authorizations, IReplayCache revoked)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<FindLiveAuthorization>()
        .SetOrder(Protection.ValidateAuthorizationEntry.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (Applies(context.EndpointType) && !await IsLiveAsync(context))
            context.Reject(Errors.InvalidToken, "The token is no longer valid, or is of another kind");
    }

    private static bool Applies(OpenIddictServerEndpointType endpoint) => endpoint
        is OpenIddictServerEndpointType.UserInfo
        or OpenIddictServerEndpointType.Introspection
        or OpenIddictServerEndpointType.Revocation;

    private async ValueTask<bool> IsLiveAsync(ValidateTokenContext context)
    {
        var (token, ct) = (context.Principal!, context.CancellationToken);
        var isAccessToken = token.HasTokenType(TokenTypeIdentifiers.AccessToken);
        if (!isAccessToken && !token.HasTokenType(TokenTypeIdentifiers.RefreshToken))
            return false;
        if (isAccessToken && token.HasExpired(context.Options.TimeProvider.GetUtcNow()))
            return false;
        if (token.IsClientToken)
            return !await revoked.ContainsAsync(new Secret(context.Token).Hash(), ct);
        var authorization = context.Transaction.PresentedToken is { } stored
            ? stored.Authorization
            : await FindAsync(context);
        context.Transaction.LiveAuthorization = authorization;
        if (authorization is null)
            return false;

        // The tokens of a blocked user can be revoked, and are of no other use.
        return context.EndpointType == OpenIddictServerEndpointType.Revocation
            || authorization.User is { Blocked: false };
    }

    private async ValueTask<Authorization?> FindAsync(ValidateTokenContext context)
    {
        var token = context.Principal!;
        if (token.GetClaim(Claims.Subject) is not { } subject)
            return null;
        if (token.ClientId is not { } clientId || token.GetCreationDate() is not { } issuedAt)
            return null;
        var audience = token.StoredAudience(context.Transaction.Tenant.Issuer);
        var hash = new Secret(context.Token).Hash();
        var query = new LiveAuthorizationQuery(
            subject, clientId, audience, token.GetClaim("org_id"), issuedAt, hash);
        return await authorizations.FindLiveAsync(query, context.CancellationToken);
    }
}
