using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.Dpop;
using Microsoft.AspNetCore;
using OpenIddict.Validation;
using static OpenIddict.Validation.OpenIddictValidationEvents;
using static OpenIddict.Validation.OpenIddictValidationHandlers;

namespace AuthServer.Protocol.Validation;

/// <summary>
/// A bound token needs a proof of its key (RFC 9449 §7.1), and another one must not have one. Replaces
/// ValidateProofOfPossession, which supports only certificates (RFC 8705).
/// </summary>
internal sealed class ValidateManagementTokenBinding(Tenant tenant, DpopProofs proofs)
    : IOpenIddictValidationHandler<ValidateTokenContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<ValidateManagementTokenBinding>()
        .SetOrder(Protection.ValidateProofOfPossession.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        var (http, now) = (context.Transaction.GetHttpRequest()!, context.Options.TimeProvider.GetUtcNow());
        http.HttpContext.OfferNonce(tenant, now);
        var proof = http.HasDpopToken() ? http.ReadRequiredProof() : null;
        var (presented, key) = (new PresentedToken(new Secret(context.Token), proof), context.Principal!.KeyThumbprint);
        if (await proofs.CheckAsync(tenant, presented, key, now, context.CancellationToken) is not { } error)
            return;
        http.HttpContext.Response.Headers.WWWAuthenticate = DpopRequest.ChallengeFor(error);
        context.Reject(error.Code, error.Description);
    }
}
