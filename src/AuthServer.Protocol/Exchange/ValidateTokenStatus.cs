using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Rejects a stored token that is revoked, by itself or with its authorization, or failed too often. A redeemed token
/// passes: whether it is reuse is decided when client, redirect URI and verifier are validated. Replaces
/// ValidateTokenEntry, which would revoke before that, and whose leeway is one for the server, and
/// ValidateAuthorizationEntry, which reads the authorization again.
/// </summary>
internal sealed class ValidateTokenStatus : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<ValidateTokenStatus>()
        .SetOrder(Protection.ValidateTokenEntry.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Transaction.PresentedToken is { } token && !IsUsable(token))
            context.Reject(Errors.InvalidToken, "The token is no longer valid");
        return default;
    }

    private static bool IsUsable(Token token)
    {
        var isExchanged = token.Type
            is TokenTypeIdentifiers.RefreshToken
            or TokenTypeIdentifiers.Private.AuthorizationCode;
        return token.Authorization!.IsValid
            && token.Failures < AuthorizationCodes.MaxFailures
            && (token.IsValid || (isExchanged && token.IsRedeemed));
    }
}
