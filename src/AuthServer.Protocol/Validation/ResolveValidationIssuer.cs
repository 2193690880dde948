using AuthServer.Core.Tenants;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace AuthServer.Protocol.Validation;

/// <summary>
/// Sets the base URI from the issuer, against which the <c>iss</c> claim is compared. Replaces ResolveRequestUri, which
/// takes it from the Host header.
/// </summary>
internal sealed class ResolveValidationIssuer(Tenant tenant) : IOpenIddictValidationHandler<ProcessRequestContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseScopedHandler<ResolveValidationIssuer>()
        .SetOrder(OpenIddictValidationAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        context.BaseUri = context.RequestUri = tenant.Issuer.Uri;
        return default;
    }
}
