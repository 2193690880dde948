using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
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
internal sealed class FindLiveAuthorization(
    Tenant tenant, IStoredAuthorizations authorizations, IReplayCache revoked, IUserStore users)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<FindLiveAuthorization>()
        .SetOrder(Protection.ValidateAuthorizationEntry.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!Applies(context.EndpointType))
            return;
        var stored = context.Transaction.PresentedToken;
        context.Transaction.LiveAuthorization = stored is null
            ? await FindAsync(context.Principal!, context.CancellationToken)
            : stored.Authorization;
        if (!await IsLiveAsync(context))
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
        var isJwt = context.Transaction.PresentedToken is null;
        if (isJwt && await revoked.ContainsAsync(new Secret(context.Token).Hash(), ct))
            return false;
        if (token.IsClientToken)
            return true;
        if (context.Transaction.LiveAuthorization is not { } authorization)
            return false;

        // The tokens of a blocked user can be revoked, and are of no other use.
        return context.EndpointType == OpenIddictServerEndpointType.Revocation
            || await users.IsActiveAsync(authorization.UserId, ct);
    }

    private async ValueTask<Authorization?> FindAsync(ClaimsPrincipal token, CancellationToken ct)
    {
        if (token.IsClientToken || token.GetClaim(Claims.Subject) is not { } subject)
            return null;
        if (token.ClientId is not { } clientId || token.GetCreationDate() is not { } issuedAt)
            return null;
        var (audience, organization) = (token.StoredAudience(tenant.Issuer), token.GetClaim("org_id"));
        var query = new LiveAuthorizationQuery(subject, clientId, audience, organization, issuedAt);
        return await authorizations.FindLiveAsync(query, ct);
    }
}
