using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.PushedRequests;
using AuthServer.Protocol.Responses;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using BuiltIn = OpenIddict.Server.OpenIddictServerHandlers.Authentication;

namespace AuthServer.Protocol;

/// <summary>
/// The part of <see cref="Pipeline"/> for the authorization endpoint and pushed authorization requests.
/// </summary>
internal static class AuthorizationPipeline
{
    public static OpenIddictServerHandlerDescriptor[] Removed { get; } =
    [
        // The authorization endpoint: a request resumes after an interaction; the redirect URI is trusted first;
        // Auth0's audience; the rules of AuthorizeRules.
        AspNetCore.Authentication.ProcessFormPostResponse.Descriptor,
        AspNetCore.ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor,
        AspNetCore.ProcessLocalErrorResponse<ApplyAuthorizationResponseContext>.Descriptor,
        BuiltIn.ValidateRequestParameter.Descriptor,
        BuiltIn.ValidateRequestUriParameter.Descriptor,
        BuiltIn.ValidateRedirectUriParameter.Descriptor,
        BuiltIn.ValidateScopeParameter.Descriptor,
        BuiltIn.ValidateAudienceParameter.Descriptor,
        BuiltIn.ValidateResourceParameter.Descriptor,
        BuiltIn.ValidateNonceParameter.Descriptor,
        BuiltIn.ValidateProofKeyForCodeExchangeParameters.Descriptor,
        BuiltIn.ValidateClientRedirectUri.Descriptor,
        BuiltIn.AttachRedirectUri.Descriptor,

        // Pushed authorization requests: the same, read from a form or JSON of an authenticated client.
        AspNetCore.ExtractPostRequest<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ExtractBasicAuthenticationCredentials<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ValidateClientAuthenticationMethod<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.AttachWwwAuthenticateHeader<ApplyPushedAuthorizationResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyPushedAuthorizationResponseContext>.Descriptor,
        BuiltIn.ValidatePushedRequestParameter.Descriptor,
        BuiltIn.ValidatePushedClientIdParameter.Descriptor,
        BuiltIn.ValidatePushedRedirectUriParameter.Descriptor,
        BuiltIn.ValidatePushedScopeParameter.Descriptor,
        BuiltIn.ValidatePushedAudienceParameter.Descriptor,
        BuiltIn.ValidatePushedResourceParameter.Descriptor,
        BuiltIn.ValidatePushedNonceParameter.Descriptor,
        BuiltIn.ValidatePushedProofKeyForCodeExchangeParameters.Descriptor,
        BuiltIn.ValidatePushedClientRedirectUri.Descriptor,
    ];

    public static OpenIddictServerHandlerDescriptor[] Added { get; } =
    [
        // The authorization endpoint.
        ExtractAuthorizationParameters.Descriptor,
        ReadPushedRequest.Descriptor,
        LoadAuthorizationRequest<ValidateAuthorizationRequestContext>.Descriptor,
        ValidateRegisteredRedirectUri<ValidateAuthorizationRequestContext>.Descriptor,
        ValidateAuthorizationRules<ValidateAuthorizationRequestContext>.Descriptor,
        HandleInteractions.Descriptor,
        AttachTrustedRedirectUri.Descriptor,
        TranslateError<ApplyAuthorizationResponseContext>.Descriptor,
        AttachRedirectStatusCode.Descriptor,
        ApplyErrorLink.Descriptor,
        ApplyWebMessageResponse.Descriptor,
        ApplyFormPostResponse.Descriptor,
        ApplyErrorPage.Descriptor,

        // Pushed authorization requests.
        ValidatePushedRequestsSupported.Descriptor,
        ExtractFormOrJson<ExtractPushedAuthorizationRequestContext>.Descriptor,
        ExtractDpopProof<ExtractPushedAuthorizationRequestContext>.Descriptor,
        ExtractBasicCredentials<ExtractPushedAuthorizationRequestContext>.Descriptor,
        ReadPushedParameters.Descriptor,
        LoadAuthorizationRequest<ValidatePushedAuthorizationRequestContext>.Descriptor,
        ValidateRegisteredRedirectUri<ValidatePushedAuthorizationRequestContext>.Descriptor,
        ValidateAuthorizationRules<ValidatePushedAuthorizationRequestContext>.Descriptor,
        LimitPushedRequests.Descriptor,
        AttachPushedRequestLifetime.Descriptor,
        CreatePushedRequest.Descriptor,
        TranslateError<ApplyPushedAuthorizationResponseContext>.Descriptor,
        AttachStatusCode<ApplyPushedAuthorizationResponseContext>.Descriptor,
        ProcessJson<ApplyPushedAuthorizationResponseContext>.Descriptor,
    ];

    /// <summary>A pushed request is authenticated before anything in it is validated.</summary>
    public static void MoveAuthentication(OpenIddictServerBuilder server) => server.Configure(options =>
    {
        var authentication = BuiltIn.ValidatePushedAuthentication.Descriptor;
        options.Handlers[options.Handlers.IndexOf(authentication)] = OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidatePushedAuthorizationRequestContext>()
            .Import(authentication)
            .SetOrder(BuiltIn.ValidatePushedRequestUriParameter.Descriptor.Order - 500)
            .Build();
    });
}
