using AuthServer.Core.Dpop;
using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.UserInfo;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Dpop;

/// <summary>
/// A bound access token needs a proof of its key (RFC 9449 §7.1), and another one must not have one. Last of the
/// validations, because it marks the proof as used. Replaces ValidateProofOfPossession, which supports only
/// certificates (RFC 8705).
/// </summary>
internal sealed class ValidateAccessTokenBinding(DpopProofs proofs)
    : IOpenIddictServerHandler<ValidateUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateUserInfoRequestContext>()
        .UseSingletonHandler<ValidateAccessTokenBinding>()
        .SetOrder(ValidateUserInfoAccess.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ValidateUserInfoRequestContext context)
    {
        var (presented, key) = (context.Transaction.SentAccessToken!, context.AccessTokenPrincipal!.KeyThumbprint);
        var (tenant, now) = (context.Transaction.Tenant, context.Options.TimeProvider.GetUtcNow());
        if (await proofs.CheckAsync(tenant, presented, key, now, context.CancellationToken) is { } error)
            context.Reject(error);
    }
}
