using AuthServer.Core;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Introspection;

/// <summary>
/// Introspection is for clients that authenticate (RFC 7662 §2.1); OpenIddict also lets public ones in.
/// </summary>
internal sealed class ValidateIntrospectionClient : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .UseSingletonHandler<ValidateIntrospectionClient>()
        .SetOrder(ValidateClientSecret.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var isPublic = context.Transaction.Client is { IsPublic: true };
        if (isPublic && context.EndpointType == OpenIddictServerEndpointType.Introspection)
            context.Reject(OAuthError.InvalidClient("Introspection needs client authentication"));
        return default;
    }
}
