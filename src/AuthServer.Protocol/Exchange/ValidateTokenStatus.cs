using AuthServer.Core.Authorizations;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Notes the stored token, and rejects what is revoked or failed too often. A redeemed token goes on: whether it is
/// reuse is decided when client, redirect URI and verifier are validated. Replaces ValidateTokenEntry, which would
/// revoke before that, and whose leeway is one for the server.
/// </summary>
internal sealed class ValidateTokenStatus(IOpenIddictTokenManager tokens)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireTokenIdResolved>()
        .UseScopedHandler<ValidateTokenStatus>()
        .SetOrder(Protection.ValidateTokenEntry.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (await tokens.FindByIdAsync(context.TokenId!, context.CancellationToken) is not Token token)
        {
            context.Reject(Errors.InvalidToken, "The token is not stored");
            return;
        }

        context.Transaction.PresentedToken = token;
        var isExchanged = token.Type
            is TokenTypeIdentifiers.RefreshToken
            or TokenTypeIdentifiers.Private.AuthorizationCode;
        if (token.Failures >= AuthorizationCodes.MaxFailures || !(token.IsValid || (isExchanged && token.IsRedeemed)))
            context.Reject(Errors.InvalidToken, "The token is no longer valid");
    }
}
