using AuthServer.Protocol.Dpop;
using Microsoft.AspNetCore;
using OpenIddict.Validation;
using static OpenIddict.Validation.AspNetCore.OpenIddictValidationAspNetCoreHandlers;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace AuthServer.Protocol.Validation;

/// <summary>An access token with the scheme DPoP (RFC 9449 §7.1); OpenIddict reads only Bearer.</summary>
internal sealed class ExtractDpopToken : IOpenIddictValidationHandler<ProcessAuthenticationContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>()
        .UseSingletonHandler<ExtractDpopToken>()
        .SetOrder(ExtractAccessTokenFromAuthorizationHeader.Descriptor.Order + 250)
        .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (context.ExtractAccessToken && http.HasDpopToken())
            context.AccessToken = http.Headers.Authorization.ToString()[DpopRequest.Scheme.Length..];
        return default;
    }
}
