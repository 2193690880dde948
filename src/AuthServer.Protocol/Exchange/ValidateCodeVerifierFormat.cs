using System.Buffers;
using AuthServer.Core;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// RFC 7636 §4.1: 43 to 128 unreserved characters; and a verifier is there exactly when a challenge was (RFC 9700
/// §2.1.1). ValidateCodeVerifier, which follows, compares any text.
/// </summary>
internal sealed class ValidateCodeVerifierFormat : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<ValidateCodeVerifierFormat>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateCodeVerifier.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType() || context.Transaction.PresentedToken is not { } code)
            return default;
        var verifier = context.Request.CodeVerifier;
        var isWellFormed = verifier is { Length: >= 43 and <= 128 } && !verifier.AsSpan().ContainsAnyExcept(Unreserved);
        if (code.CodeChallenge is null ? verifier is not null : !isWellFormed)
            context.Reject(OAuthError.InvalidGrant("Failed to verify code verifier"));
        return default;
    }
}
