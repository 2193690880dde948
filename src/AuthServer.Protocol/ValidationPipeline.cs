using AuthServer.Protocol.Validation;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Validation;
using AspNetCore = OpenIddict.Validation.AspNetCore.OpenIddictValidationAspNetCoreHandlers;
using BuiltIn = OpenIddict.Validation.OpenIddictValidationHandlers;

namespace AuthServer.Protocol;

/// <summary>
/// Differences between the Management API's authentication and OpenIddict's validation, in the way of
/// <see cref="Pipeline"/>.
/// </summary>
internal static class ValidationPipeline
{
    private static readonly OpenIddictValidationHandlerDescriptor[] Removed =
    [
        AspNetCore.ResolveRequestUri.Descriptor,
        AspNetCore.ExtractClientCertificate.Descriptor,
        BuiltIn.Protection.ValidateProofOfPossession.Descriptor,
    ];

    private static readonly OpenIddictValidationHandlerDescriptor[] Added =
    [
        ResolveValidationIssuer.Descriptor,
        ExtractDpopToken.Descriptor,
        RestrictValidatedJwt.Descriptor,
        ValidateManagementToken.Descriptor,
        ValidateManagementTokenBinding.Descriptor,
    ];

    public static void Apply(OpenIddictValidationBuilder validation)
    {
        foreach (var descriptor in Removed)
            validation.RemoveEventHandler(descriptor);
        foreach (var descriptor in Added)
            validation.AddEventHandler(descriptor);
    }
}
