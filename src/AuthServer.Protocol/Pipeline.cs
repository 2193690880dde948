using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.ClientAuthentication;
using AuthServer.Protocol.Discovery;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Exchange;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.Issuance;
using AuthServer.Protocol.PushedRequests;
using AuthServer.Protocol.Responses;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using BuiltIn = OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol;

/// <summary>
/// Where this server differs from OpenIddict: which built-in handlers are removed, which run for pushed requests only, and which are
/// added. What is in none of the tables is as OpenIddict has it. <c>docs/pipeline.md</c> has the resulting order.
/// </summary>
internal static class Pipeline
{
    private static readonly OpenIddictServerHandlerDescriptor[] Removed =
    [
        // The issuer is configured.
        AspNetCore.ResolveRequestUri.Descriptor,

        // Forms and JSON; HTTP Basic in two readings.
        AspNetCore.ExtractPostRequest<ExtractTokenRequestContext>.Descriptor,
        AspNetCore.ExtractBasicAuthenticationCredentials<ExtractTokenRequestContext>.Descriptor,
        AspNetCore.ValidateClientAuthenticationMethod<ExtractTokenRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractTokenRequestContext>.Descriptor,

        // Client authentication.
        BuiltIn.ValidateClientAssertion.Descriptor,
        BuiltIn.ValidateClientAssertionWellknownClaims.Descriptor,
        BuiltIn.ValidateClientAssertionIssuer.Descriptor,
        BuiltIn.ValidateClientSecret.Descriptor,

        // Auth0's audience; scope beside a code is ignored; offline_access is granted only where it can be.
        BuiltIn.Exchange.ValidateAudienceParameter.Descriptor,
        BuiltIn.Exchange.ValidateResourceParameter.Descriptor,
        BuiltIn.Exchange.ValidateScopeParameter.Descriptor,
        BuiltIn.Exchange.ValidateGrantTypePermissions.Descriptor,
        BuiltIn.Exchange.ValidateProofKeyForCodeExchangeRequirement.Descriptor,
        BuiltIn.Exchange.ValidateRedirectUri.Descriptor,

        // Stored tokens are rows without a payload; which of several requests wins is decided at the commit.
        BuiltIn.Protection.ValidateReferenceTokenIdentifier.Descriptor,
        BuiltIn.Protection.RestoreTokenEntryProperties.Descriptor,
        BuiltIn.Protection.ValidateProofOfPossession.Descriptor,
        BuiltIn.Protection.ValidateTokenEntry.Descriptor,
        BuiltIn.RedeemTokenEntry.Descriptor,
        BuiltIn.AttachAuthorization.Descriptor,

        // The authorization endpoint: a request goes on after an interaction; the redirect URI is trusted first; Auth0's audience; what
        // AuthorizeRules decides.
        AspNetCore.Authentication.ProcessFormPostResponse.Descriptor,
        AspNetCore.ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor,
        AspNetCore.ProcessLocalErrorResponse<ApplyAuthorizationResponseContext>.Descriptor,
        BuiltIn.Authentication.ValidateRequestParameter.Descriptor,
        BuiltIn.Authentication.ValidateRequestUriParameter.Descriptor,
        BuiltIn.Authentication.ValidateRedirectUriParameter.Descriptor,
        BuiltIn.Authentication.ValidateScopeParameter.Descriptor,
        BuiltIn.Authentication.ValidateAudienceParameter.Descriptor,
        BuiltIn.Authentication.ValidateResourceParameter.Descriptor,
        BuiltIn.Authentication.ValidateNonceParameter.Descriptor,
        BuiltIn.Authentication.ValidateProofKeyForCodeExchangeParameters.Descriptor,
        BuiltIn.Authentication.ValidateClientRedirectUri.Descriptor,
        BuiltIn.Authentication.AttachRedirectUri.Descriptor,

        // Pushed authorization requests: the same, read from a form or JSON of an authenticated client.
        AspNetCore.ExtractPostRequest<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ExtractBasicAuthenticationCredentials<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ValidateClientAuthenticationMethod<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractPushedAuthorizationRequestContext>.Descriptor,
        AspNetCore.AttachWwwAuthenticateHeader<ApplyPushedAuthorizationResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyPushedAuthorizationResponseContext>.Descriptor,
        BuiltIn.Authentication.ValidatePushedRequestParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedClientIdParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedRedirectUriParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedScopeParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedAudienceParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedResourceParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedNonceParameter.Descriptor,
        BuiltIn.Authentication.ValidatePushedProofKeyForCodeExchangeParameters.Descriptor,
        BuiltIn.Authentication.ValidatePushedClientRedirectUri.Descriptor,

        // Stored tokens have no payload of OpenIddict's, and JWTs are signed by SignToken.
        BuiltIn.Protection.AttachSecurityCredentials.Descriptor,
        BuiltIn.Protection.AttachTokenSubject.Descriptor,
        BuiltIn.Protection.AttachTokenMetadata.Descriptor,
        BuiltIn.Protection.GenerateIdentityModelToken.Descriptor,

        // Responses.
        AspNetCore.AttachWwwAuthenticateHeader<ApplyTokenResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyTokenResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyConfigurationResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyJsonWebKeySetResponseContext>.Descriptor,
    ];

    private static readonly OpenIddictServerHandlerDescriptor[] Added =
    [
        ResolveIssuer.Descriptor,
        SkipOtherRequests.Descriptor,

        ExtractFormOrJson<ExtractTokenRequestContext>.Descriptor,
        ExtractDpopProof<ExtractTokenRequestContext>.Descriptor,
        ExtractBasicCredentials<ExtractTokenRequestContext>.Descriptor,

        LimitClientAuthentication.Descriptor,
        ValidateClientAssertionJwt.Descriptor,
        ValidateClientSecretHash.Descriptor,
        CountFailedClientAuthentication.Descriptor,

        ReadStoredToken.Descriptor,
        ValidateTokenStatus.Descriptor,

        ValidateClientGrantType.Descriptor,
        ValidateDpopProof.Descriptor,
        NoteCodeAttempt.Descriptor,
        ValidateCodeRedirectUri.Descriptor,
        ValidateCodeVerifierFormat.Descriptor,
        ValidateTokenBinding.Descriptor,
        DetectTokenReuse.Descriptor,
        CountFailedCodeAttempt.Descriptor,
        ApplyGrantTypeRules.Descriptor,

        BeginIssuance.Descriptor,
        SelectIssuedTokens.Descriptor,
        SelectTokenFormat.Descriptor,
        SignToken.Descriptor,
        WriteTokenRow.Descriptor,
        EncryptSuccessor.Descriptor,
        AttachTokenParameters.Descriptor,
        CommitIssuance.Descriptor,

        TranslateError<ApplyTokenResponseContext>.Descriptor,
        AttachStatusCode<ApplyTokenResponseContext>.Descriptor,
        RecordTokenEvent.Descriptor,
        ProcessJson<ApplyTokenResponseContext>.Descriptor,

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
        AttachRequestTokenLifetime.Descriptor,
        EncryptPushedRequest.Descriptor,
        TranslateError<ApplyPushedAuthorizationResponseContext>.Descriptor,
        AttachStatusCode<ApplyPushedAuthorizationResponseContext>.Descriptor,
        ProcessJson<ApplyPushedAuthorizationResponseContext>.Descriptor,

        // Discovery.
        AttachProviderMetadata.Descriptor,
        AttachCertificates.Descriptor,
        AttachCachingHeader<ApplyConfigurationResponseContext>.Descriptor,
        AttachCachingHeader<ApplyJsonWebKeySetResponseContext>.Descriptor,
        ProcessJson<ApplyConfigurationResponseContext>.Descriptor,
        ProcessJson<ApplyJsonWebKeySetResponseContext>.Descriptor,
    ];

    public static void Apply(OpenIddictServerBuilder server)
    {
        foreach (var descriptor in Removed.Concat(ResourcePipeline.Removed))
            server.RemoveEventHandler(descriptor);
        foreach (var descriptor in Added.Concat(ResourcePipeline.Added))
            server.AddEventHandler(descriptor);
        server.Configure(options =>
        {
            // A pushed request is authenticated before anything in it is validated.
            var authentication = BuiltIn.Authentication.ValidatePushedAuthentication.Descriptor;
            options.Handlers[options.Handlers.IndexOf(authentication)] = OpenIddictServerHandlerDescriptor
                .CreateBuilder<ValidatePushedAuthorizationRequestContext>()
                .Import(authentication)
                .SetOrder(BuiltIn.Authentication.ValidatePushedRequestUriParameter.Descriptor.Order - 500)
                .Build();
        });
    }
}
