using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Exchange;

/// <summary>The code belongs to this client: from here on a mistake counts as a failed attempt at the code.</summary>
internal sealed class NoteCodeAttempt : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<NoteCodeAttempt>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateAuthorizedParty.Descriptor.Order + 100)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        context.Transaction.IsCodeAttempt = context.Request.IsAuthorizationCodeGrantType();
        return default;
    }
}
