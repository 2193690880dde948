using AuthServer.Core;
using AuthServer.Core.Clients;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.ClientAuthentication;

/// <summary>
/// Validates the client's secret, in both readings of HTTP Basic, in constant time, and notes the client. A client that
/// is registered for <c>private_key_jwt</c> never authenticates by a secret. Replaces ValidateClientSecret.
/// </summary>
internal sealed class ValidateClientSecretHash(IClientStore clients)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<RequireClientAuthentication>()
        .UseSingletonHandler<ValidateClientSecretHash>()
        .SetOrder(ValidateClientSecret.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var client = await clients.FindAsync(context.ClientId!, context.CancellationToken);
        context.Transaction.Client = client;
        if (context.ClientSecret is not { Length: > 0 } secret)
            return;
        var raw = context.Transaction.RawClientSecret;
        var hash = client is { HasSecret: true } ? client.SecretHash : null;
        if (hash is not null && (Matches(hash, secret) || (raw is not null && Matches(hash, raw))))
            return;
        context.Reject(OAuthError.InvalidClient("Client authentication failed")
            .WithDetail("wrong secret, or not a client with a secret"));
    }

    private static bool Matches(byte[] hash, string secret) => new Secret(secret).Hash() == new TokenHash(hash);
}
