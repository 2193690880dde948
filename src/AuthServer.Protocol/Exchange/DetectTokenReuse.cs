using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Resources;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// Last of the validations of a token request: only a reuse that passes all the others revokes the authorization of a
/// code. Otherwise an attacker who has a code without its verifier could sign its owner out (OAuth 2.1 §4.1.3).
/// </summary>
internal sealed class DetectTokenReuse(IStoredAuthorizations authorizations)
    : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<DetectTokenReuse>()
        .SetOrder(int.MaxValue - 50_000)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        context.Transaction.IsCodeAttempt = false;
        if (!context.Request.IsAuthorizationCodeGrantType())
            return;
        if (context.Transaction.PresentedToken is not { Authorization: { } owner } code)
            return;
        var resource = context.Transaction.Parameters["resource"];
        if (resource is not null && !RequestedResourceServer.IsNamedBy(resource, owner.Audience))
        {
            context.Reject(OAuthError.InvalidTarget("The code was not issued for this resource"));
            return;
        }

        if (!code.IsRedeemed)
            return;
        await authorizations.RevokeAsync(owner.Id, context.Options.TimeProvider.GetUtcNow(), context.CancellationToken);
        context.Reject(OAuthError.InvalidGrant("Invalid authorization code")
            .WithDetail("used before; what it was exchanged for is revoked").AsReuse());
    }
}
