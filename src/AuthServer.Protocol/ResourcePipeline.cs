using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.EndSession;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.IdTokens;
using AuthServer.Protocol.Introspection;
using AuthServer.Protocol.Responses;
using AuthServer.Protocol.Revocation;
using AuthServer.Protocol.UserInfo;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using BuiltIn = OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol;

/// <summary>
/// The part of the <see cref="Pipeline"/> that receives issued tokens: <c>/userinfo</c>, introspection, revocation, and
/// logout with an ID token as a hint.
/// </summary>
internal static class ResourcePipeline
{
    public static OpenIddictServerHandlerDescriptor[] Removed { get; } =
    [
        // /userinfo: tokens with the scheme DPoP, claims from the store.
        AspNetCore.ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor,
        AspNetCore.ExtractAccessToken<ExtractUserInfoRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractUserInfoRequestContext>.Descriptor,
        BuiltIn.UserInfo.AttachAudiences.Descriptor,
        BuiltIn.UserInfo.AttachClaims.Descriptor,
        AspNetCore.AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor,
        AspNetCore.ProcessChallengeErrorResponse<ApplyUserInfoResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyUserInfoResponseContext>.Descriptor,

        // Introspection: forms and JSON; access by client grants.
        AspNetCore.ExtractGetOrPostRequest<ExtractIntrospectionRequestContext>.Descriptor,
        AspNetCore.ExtractBasicAuthenticationCredentials<ExtractIntrospectionRequestContext>.Descriptor,
        AspNetCore.ValidateClientAuthenticationMethod<ExtractIntrospectionRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractIntrospectionRequestContext>.Descriptor,
        BuiltIn.Introspection.ValidateAuthorizedParty.Descriptor,
        BuiltIn.Introspection.AttachApplicationClaims.Descriptor,
        AspNetCore.AttachWwwAuthenticateHeader<ApplyIntrospectionResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyIntrospectionResponseContext>.Descriptor,

        // Revocation: a refresh token is revoked with its authorization.
        AspNetCore.ExtractPostRequest<ExtractRevocationRequestContext>.Descriptor,
        AspNetCore.ExtractBasicAuthenticationCredentials<ExtractRevocationRequestContext>.Descriptor,
        AspNetCore.ValidateClientAuthenticationMethod<ExtractRevocationRequestContext>.Descriptor,
        AspNetCore.ExtractClientCertificate<ExtractRevocationRequestContext>.Descriptor,
        BuiltIn.Revocation.ValidateAuthorizedParty.Descriptor,
        BuiltIn.Revocation.RevokeToken.Descriptor,
        AspNetCore.AttachWwwAuthenticateHeader<ApplyRevocationResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyRevocationResponseContext>.Descriptor,

        // Logout: registered URLs are compared exactly, the hint is read as everywhere; the endpoint itself asks the
        // user and ends the session.
        AspNetCore.ExtractGetOrPostRequest<ExtractEndSessionRequestContext>.Descriptor,
        BuiltIn.Session.ValidatePostLogoutRedirectUriParameter.Descriptor,
        BuiltIn.Session.ValidateClientPostLogoutRedirectUri.Descriptor,
        BuiltIn.Session.ValidateAuthorizedParty.Descriptor,
        BuiltIn.ValidateIdentityToken.Descriptor,
    ];

    public static OpenIddictServerHandlerDescriptor[] Added { get; } =
    [
        // Tokens that are presented, introspected or revoked.
        RestrictJwt.Descriptor,
        FindLiveAuthorization.Descriptor,

        // /userinfo.
        ExtractPresentedToken.Descriptor,
        ValidateUserInfoAccess.Descriptor,
        ValidateAccessTokenBinding.Descriptor,
        AttachUserClaims.Descriptor,
        TranslateError<ApplyUserInfoResponseContext>.Descriptor,
        AspNetCore.AttachCacheControlHeader<ApplyUserInfoResponseContext>.Descriptor,
        AttachChallenge.Descriptor,
        ProcessSignedUserInfo.Descriptor,
        ProcessJson<ApplyUserInfoResponseContext>.Descriptor,

        // Introspection.
        ExtractFormOrJson<ExtractIntrospectionRequestContext>.Descriptor,
        ExtractBasicCredentials<ExtractIntrospectionRequestContext>.Descriptor,
        ValidateIntrospectionClient.Descriptor,
        ValidateIntrospectionAccess.Descriptor,
        AttachIntrospectionClaims.Descriptor,
        TranslateError<ApplyIntrospectionResponseContext>.Descriptor,
        AspNetCore.AttachCacheControlHeader<ApplyIntrospectionResponseContext>.Descriptor,
        AttachStatusCode<ApplyIntrospectionResponseContext>.Descriptor,
        ProcessJson<ApplyIntrospectionResponseContext>.Descriptor,

        // Revocation.
        ExtractFormOrJson<ExtractRevocationRequestContext>.Descriptor,
        ExtractBasicCredentials<ExtractRevocationRequestContext>.Descriptor,
        RevokePresentedToken.Descriptor,
        TranslateError<ApplyRevocationResponseContext>.Descriptor,
        AttachStatusCode<ApplyRevocationResponseContext>.Descriptor,
        ProcessEmptyRevocation.Descriptor,
        ProcessJson<ApplyRevocationResponseContext>.Descriptor,

        // Logout, and every ID token that a client sends back.
        ResolveIdTokenKeys.Descriptor,
        ExtractLogoutParameters.Descriptor,
        ValidateLogoutClient.Descriptor,
        TranslateError<ApplyEndSessionResponseContext>.Descriptor,
    ];
}
