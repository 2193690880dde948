using AuthServer.Core;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Dpop;

/// <summary>
/// A code that <c>dpop_jkt</c> bound (RFC 9449 §10) and a bound refresh token need a proof of the same key.
/// </summary>
internal sealed class ValidateTokenBinding : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<ValidateTokenBinding>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var transaction = context.Transaction;
        if (transaction.PresentedToken?.KeyThumbprint is not { } key || key == transaction.DpopProof?.Thumbprint)
            return default;
        context.Reject(context.Request.IsAuthorizationCodeGrantType()
            ? OAuthError.InvalidGrant("The code is bound to another key (dpop_jkt)")
            : OAuthError.InvalidGrant("Unknown or invalid refresh token.").WithDetail("bound to another key"));
        return default;
    }
}
