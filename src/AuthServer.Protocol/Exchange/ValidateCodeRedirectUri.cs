using AuthServer.Core;
using AuthServer.Core.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// RFC 6749 §4.1.3: as it was in the authorization request. It may be left out where PKCE binds the code already (OAuth
/// 2.1 §10.2); ValidateRedirectUri, which this replaces, demands it.
/// </summary>
internal sealed class ValidateCodeRedirectUri : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<ValidateCodeRedirectUri>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateRedirectUri.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType())
            return default;
        if (context.Transaction.PresentedToken is not { RedirectUri: { } asked } code)
            return default;
        var matches = context.Request.RedirectUri is { } sent
            ? string.Equals(asked, RedirectUris.WithoutFragment(sent), StringComparison.Ordinal)
            : code.CodeChallenge is not null;
        if (!matches)
        {
            context.Reject(OAuthError.InvalidGrant("Invalid authorization code")
                .WithDetail("redirect_uri differs from the authorization request's"));
        }

        return default;
    }
}
