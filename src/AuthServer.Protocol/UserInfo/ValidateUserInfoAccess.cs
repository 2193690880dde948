using AuthServer.Core;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.UserInfo;

/// <summary>
/// The token is a user's, for this endpoint, and was granted <c>openid</c> (OpenID Connect Core §5.3.1).
/// </summary>
internal sealed class ValidateUserInfoAccess : IOpenIddictServerHandler<ValidateUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateUserInfoRequestContext>()
        .UseSingletonHandler<ValidateUserInfoAccess>()
        .SetOrder(OpenIddictServerHandlers.UserInfo.ValidateAuthentication.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ValidateUserInfoRequestContext context)
    {
        var (token, transaction) = (context.AccessTokenPrincipal!, context.Transaction);
        if (transaction.LiveAuthorization is null || !token.HasAudience(transaction.Tenant.Issuer.UserInfo))
            context.Reject(OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint"));
        else if (!token.HasScope(OpenIddictConstants.Scopes.OpenId))
            context.Reject(OAuthError.InsufficientScope("The access token was not granted openid"));
        return default;
    }
}
