using AuthServer.Core;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// A verifier is there exactly when a challenge was (RFC 9700 §2.1.1), and is the one that the challenge was made of.
/// Replaces ValidateCodeVerifier, which compares texts of any length and characters.
/// </summary>
internal sealed class ValidateCodeVerifier : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<ValidateCodeVerifier>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateCodeVerifier.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType() || context.Transaction.PresentedToken is not { } code)
            return default;
        var verifier = context.Request.CodeVerifier;
        if (code.CodeChallenge is { } challenge ? !Pkce.IsVerifierOf(challenge, verifier) : verifier is not null)
            context.Reject(OAuthError.InvalidGrant("Failed to verify code verifier"));
        return default;
    }
}
