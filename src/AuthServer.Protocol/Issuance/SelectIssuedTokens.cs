using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Which tokens the response has. OpenIddict derives them from the scopes; here a refresh token also depends on the
/// client's rotation, and the ID token of the authorization endpoint on the response type only (contract with Auth0's
/// SDKs).
/// </summary>
internal sealed class SelectIssuedTokens : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<SelectIssuedTokens>()
        .SetOrder(EvaluateGeneratedTokens.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.Transaction.Issuance is not { } issuance)
            return default;
        context.GenerateRefreshToken = issuance.GeneratesRefreshToken;
        context.IncludeRefreshToken = issuance.GeneratesRefreshToken || issuance.ReissuedRefreshToken is not null;
        context.RefreshToken = issuance.ReissuedRefreshToken?.Reveal();
        var identity = context.EndpointType == OpenIddictServerEndpointType.Authorization
            ? context.Request.HasResponseType(ResponseTypes.IdToken)
            : issuance.User is not null && issuance.Scopes.Contains(Scopes.OpenId);
        context.GenerateIdentityToken = context.IncludeIdentityToken = identity;
        return default;
    }
}
