using AuthServer.Core;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>
/// The client may use the grant type. Replaces ValidateGrantTypePermissions, which also refuses <c>offline_access</c>
/// to a client that can't have it; here it is left out of what is granted.
/// </summary>
internal sealed class ValidateClientGrantType : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<ValidateClientGrantType>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantTypePermissions.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var grantType = context.Request.GrantType!;
        if (!context.Transaction.Client!.AllowsGrantType(grantType))
            context.Reject(OAuthError.UnauthorizedClient($"Grant type '{grantType}' not allowed for the client."));
        return default;
    }
}
