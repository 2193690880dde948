using AuthServer.Core.Requests;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// <c>token_type</c> of bound tokens, the scope whenever there is one, and the lifetime itself: OpenIddict computes
/// <c>expires_in</c> from two readings of the clock.
/// </summary>
internal sealed class AttachTokenParameters : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<AttachTokenParameters>()
        .SetOrder(AttachSignInParameters.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.PushedAuthorization)
        {
            var lifetime = PushedRequest.LifetimeOf(context.Transaction.Client!);
            context.Response.ExpiresIn = (long)lifetime.TotalSeconds;
        }

        if (context.Transaction.Issuance is not { } issuance || !context.IncludeAccessToken)
            return default;
        context.Response.TokenType = issuance.KeyThumbprint is null ? "Bearer" : "DPoP";
        context.Response.ExpiresIn = issuance.AccessTokenLifetime;
        var scope = issuance.Scopes.ToString();

        // RFC 6749 §4.2.2: the authorization endpoint names the scope when it is not what was requested.
        var isNamed = context.EndpointType == OpenIddictServerEndpointType.Token
            ? scope.Length > 0
            : !scope.Equals(context.Transaction.Parameters["scope"] ?? "", StringComparison.Ordinal);
        context.Response.Scope = isNamed ? scope : null;
        return default;
    }
}
