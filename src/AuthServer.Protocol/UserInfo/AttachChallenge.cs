using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.UserInfo;

/// <summary>
/// The challenge of RFC 6750 §3, or of RFC 9449 §7.1 for a token with the scheme DPoP; an invalid proof is a 401 at a
/// resource. Replaces AttachWwwAuthenticateHeader, which supports only Bearer.
/// </summary>
internal sealed class AttachChallenge : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyUserInfoResponseContext>()
        .UseSingletonHandler<AttachChallenge>()
        .SetOrder(AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Transaction.Error is not { } error)
            return default;
        var http = context.Transaction.GetHttpRequest()!;
        var response = http.HttpContext.Response;
        response.StatusCode = error.Code is "invalid_dpop_proof" or "use_dpop_nonce"
            ? StatusCodes.Status401Unauthorized
            : ErrorStatusCodes.Of(error);
        response.Headers.WWWAuthenticate = http.HasDpopToken()
            ? DpopRequest.ChallengeFor(error)
            : $"Bearer realm=\"AuthServer\", error=\"{error.Code}\", error_description=\"{error.Description}\"";
        return default;
    }
}
