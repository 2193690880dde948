using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.ClientAuthentication;

/// <summary>
/// Refuses a client from an address where too many of its authentications failed, before anything is verified.
/// </summary>
internal sealed class LimitClientAuthentication(IClientAttempts attempts)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<RequireClientAuthentication>()
        .UseSingletonHandler<LimitClientAuthentication>()
        .SetOrder(ValidateRequiredTokens.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var hasAssertion = !string.IsNullOrEmpty(context.ClientAssertion);
        var assertion = hasAssertion ? UnverifiedJwt.Parse(context.ClientAssertion!) : null;
        context.Transaction.ClientAssertion = assertion;
        var claimed = hasAssertion ? assertion?.Payload.Text("sub") : context.Request?.ClientId;
        context.Transaction.ClaimedClientId = claimed;
        if (claimed is not null && !attempts.MayTry(claimed))
            context.Reject(OAuthError.TooManyRequests("Too many failed client authentications. Try again later."));
        return default;
    }
}
