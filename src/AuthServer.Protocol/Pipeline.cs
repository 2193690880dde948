using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.ClientAuthentication;
using AuthServer.Protocol.Discovery;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Exchange;
using AuthServer.Protocol.Extraction;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.Issuance;
using AuthServer.Protocol.Responses;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using BuiltIn = OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol;

/// <summary>
/// Differences between this server and OpenIddict: built-in handlers that are removed, and handlers that are added.
/// Everything that is in none of the tables, here and in the folders of the endpoints, is as OpenIddict has it.
/// <c>docs/pipeline.md</c> has the resulting order.
/// </summary>
internal static class Pipeline
{
    private static readonly OpenIddictServerHandlerDescriptor[] Removed =
    [
        // The issuer is configured.
        AspNetCore.ResolveRequestUri.Descriptor,
        BuiltIn.InferEndpointType.Descriptor,

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
        BuiltIn.Exchange.ValidateCodeVerifier.Descriptor,

        // Stored tokens are rows without a payload; which of several requests wins is decided at the commit.
        BuiltIn.Protection.ValidateReferenceTokenIdentifier.Descriptor,
        BuiltIn.Protection.RestoreTokenEntryProperties.Descriptor,
        BuiltIn.Protection.ValidateProofOfPossession.Descriptor,
        BuiltIn.Protection.ValidateTokenEntry.Descriptor,
        BuiltIn.Protection.ValidateAuthorizationEntry.Descriptor,
        BuiltIn.RedeemTokenEntry.Descriptor,
        BuiltIn.AttachAuthorization.Descriptor,

        // The claims of tokens come from the tables of Core/Issuance, and are copied from no principal to another.
        BuiltIn.ValidateSignInDemand.Descriptor,
        BuiltIn.RestoreInternalClaims.Descriptor,
        BuiltIn.AttachDefaultScopes.Descriptor,
        BuiltIn.AttachDefaultPresenters.Descriptor,
        BuiltIn.InferResources.Descriptor,
        BuiltIn.PrepareAccessTokenPrincipal.Descriptor,
        BuiltIn.PrepareAuthorizationCodePrincipal.Descriptor,
        BuiltIn.PrepareRefreshTokenPrincipal.Descriptor,
        BuiltIn.PrepareIdentityTokenPrincipal.Descriptor,

        // Stored tokens are rows of this server's, and JWTs are signed by SignToken.
        BuiltIn.Protection.AttachSecurityCredentials.Descriptor,
        BuiltIn.Protection.CreateTokenEntry.Descriptor,
        BuiltIn.Protection.AttachTokenSubject.Descriptor,
        BuiltIn.Protection.AttachTokenMetadata.Descriptor,
        BuiltIn.Protection.GenerateIdentityModelToken.Descriptor,
        BuiltIn.Protection.AttachTokenPayload.Descriptor,

        // The tenant's keys of this request.
        BuiltIn.Discovery.AttachSigningKeys.Descriptor,

        // Responses.
        AspNetCore.AttachWwwAuthenticateHeader<ApplyTokenResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyTokenResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyConfigurationResponseContext>.Descriptor,
        AspNetCore.ProcessJsonResponse<ApplyJsonWebKeySetResponseContext>.Descriptor,
    ];

    private static readonly OpenIddictServerHandlerDescriptor[] Added =
    [
        ResolveIssuer.Descriptor,
        InferEndpoint.Descriptor,

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
        ValidateCodeVerifier.Descriptor,
        ValidateTokenBinding.Descriptor,
        DetectTokenReuse.Descriptor,
        CountFailedCodeAttempt.Descriptor,
        ApplyGrantTypeRules.Descriptor,

        RunActions.Descriptor,
        SelectIssuedTokens.Descriptor,
        AttachIdTokenPrincipal.Descriptor,
        SignToken.Descriptor,
        CreateStoredToken.Descriptor,
        EncryptSuccessor.Descriptor,
        AttachTokenParameters.Descriptor,
        CommitIssuance.Descriptor,

        TranslateError<ApplyTokenResponseContext>.Descriptor,
        AttachStatusCode<ApplyTokenResponseContext>.Descriptor,
        RecordTokenEvent.Descriptor,
        ProcessJson<ApplyTokenResponseContext>.Descriptor,

        // Discovery.
        AttachProviderMetadata.Descriptor,
        AttachPublishedKeys.Descriptor,
        ProcessDocument<ApplyConfigurationResponseContext>.Descriptor,
        ProcessDocument<ApplyJsonWebKeySetResponseContext>.Descriptor,
        ProcessJson<ApplyConfigurationResponseContext>.Descriptor,
        ProcessJson<ApplyJsonWebKeySetResponseContext>.Descriptor,
    ];

    public static void Apply(OpenIddictServerBuilder server)
    {
        foreach (var descriptor in (OpenIddictServerHandlerDescriptor[])
            [.. Removed, .. AuthorizationPipeline.Removed, .. ResourcePipeline.Removed])
            server.RemoveEventHandler(descriptor);
        foreach (var descriptor in (OpenIddictServerHandlerDescriptor[])
            [.. Added, .. AuthorizationPipeline.Added, .. ResourcePipeline.Added])
            server.AddEventHandler(descriptor);
        AuthorizationPipeline.MoveAuthentication(server);

        // Auth0's token endpoint gives out no at_hash.
        Limit<ProcessSignInContext, RequireAuthorizationEndpoint>(server, BuiltIn.AttachTokenDigests.Descriptor);

        // ReadStoredToken makes the principal of a stored token as these would leave it.
        Limit<ValidateTokenContext, RequireJwt>(
            server,
            BuiltIn.Protection.ResolveTokenValidationParameters.Descriptor,
            BuiltIn.Protection.ValidateIdentityModelToken.Descriptor,
            BuiltIn.Protection.NormalizeScopeClaims.Descriptor,
            BuiltIn.Protection.MapInternalClaims.Descriptor);
    }

    /// <summary>Adds a filter to handlers of OpenIddict.</summary>
    private static void Limit<TContext, TFilter>(
        OpenIddictServerBuilder server, params OpenIddictServerHandlerDescriptor[] handlers)
        where TContext : BaseContext
        where TFilter : class, IOpenIddictServerHandlerFilter<TContext> => server.Configure(options =>
    {
        foreach (var handler in handlers)
        {
            options.Handlers[options.Handlers.IndexOf(handler)] = OpenIddictServerHandlerDescriptor
                .CreateBuilder<TContext>()
                .Import(handler)
                .AddFilter<TFilter>()
                .Build();
        }
    });

    /// <summary>One line for each handler, in the order in which they run.</summary>
    public static IEnumerable<string> Print(OpenIddictServerOptions options) => options.Handlers
        .GroupBy(
            handler => handler.ContextType.Name.Replace("Context", "", StringComparison.Ordinal),
            StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .SelectMany(group => group
            .OrderBy(handler => handler.Order)
            .ThenBy(NameOf, StringComparer.Ordinal)
            .Select(handler => Line(group.Key, handler)));

    private static string Line(string context, OpenIddictServerHandlerDescriptor handler)
    {
        var mark = handler.Type == OpenIddictServerHandlerType.BuiltIn ? " " : "*";
        return $"{context,-34} {handler.Order,12} {mark} {NameOf(handler)}";
    }

    private static string NameOf(OpenIddictServerHandlerDescriptor handler) =>
        handler.ServiceDescriptor.ServiceType.Name.Split('`')[0];
}
