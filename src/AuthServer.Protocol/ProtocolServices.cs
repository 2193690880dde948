using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.ClientAuthentication;
using AuthServer.Protocol.Discovery;
using AuthServer.Protocol.Exchange;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.IdTokens;
using AuthServer.Protocol.Issuance;
using AuthServer.Protocol.Jwt;
using AuthServer.Protocol.Keys;
using AuthServer.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol;

/// <summary>OpenIddict, and what this server adds to it.</summary>
public static class ProtocolServices
{
    public static IServiceCollection AddProtocolServer(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(KeysOf);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(KeysOf);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictValidationOptions>>(KeysOf);
        services.AddSingleton<CachedDocuments>();

        // Filters are services, too.
        services.AddSingleton<RequireClientAuthentication>();
        services.AddSingleton<RequireAuthorizationEndpoint>();
        services.AddSingleton<RequireJwt>();

        // The token endpoint.
        services.AddSingleton<ClientJwtVerifier>().AddSingleton<LostIssuance>();
        services.AddScoped<ExchangeRules>().AddScoped<TokenQuotaRule>().AddScoped<PasswordGrantServices>();
        services.AddKeyedScoped<IGrantTypeHandler, AuthorizationCodeGrantHandler>(GrantTypes.AuthorizationCode);
        services.AddKeyedScoped<IGrantTypeHandler, RefreshTokenGrantHandler>(GrantTypes.RefreshToken);
        services.AddKeyedScoped<IGrantTypeHandler, ClientCredentialsGrantHandler>(GrantTypes.ClientCredentials);
        services.AddKeyedScoped<IGrantTypeHandler, DefaultDirectoryGrantHandler>(GrantTypes.Password);
        services.AddKeyedScoped<IGrantTypeHandler, PasswordRealmGrantHandler>(ClientVocabulary.PasswordRealm);

        // ID tokens that clients send back.
        services.AddScoped<IIdTokenHintReader, IdTokenHintReader>();

        // The authorization endpoint and /oauth/par.
        services.AddSingleton<PendingAuthorizationProtector>();
        services.AddSingleton<LoginContinuationProtector>().AddScoped<LoginSuspension>();
        services.AddScoped<AuthorizeStores>().AddScoped<Memberships>().AddScoped<AuthorizeHandler>();
        services.AddScoped<AuthorizationRequests>().AddScoped<PendingRedirect>();
        services.AddScoped<RequestObjectReader>().AddScoped<AuthorizationIssuance>();

        services.AddOpenIddict()
            .AddCore(core => core.UseAuthServerStores<RequestDbContext>())
            .AddServer(Configure)
            .AddValidation(Configure);
        services.AddHttpContextAccessor().AddSingleton<HandlerChains>();
        return services.Replace(ServiceDescriptor.Singleton<IOpenIddictServerDispatcher, ChainDispatcher>());
    }

    /// <summary>Answers the protocol's endpoints; documents that were sent before, ahead of OpenIddict.</summary>
    public static void UseProtocolServer(this IApplicationBuilder app)
    {
        app.UseMiddleware<CachedDocumentsMiddleware>();
        app.UseAuthentication();
    }

    private static SigningKeys KeysOf(IServiceProvider provider) => provider.GetRequiredService<SigningKeys>();

    private static void Configure(OpenIddictServerBuilder server)
    {
        server
            .SetAuthorizationEndpointUris(ProtocolPaths.Authorize, ProtocolPaths.Resume, ProtocolPaths.Continue)
            .SetTokenEndpointUris(ProtocolPaths.Token)
            .SetPushedAuthorizationEndpointUris(ProtocolPaths.PushedAuthorization)
            .SetUserInfoEndpointUris(ProtocolPaths.UserInfo)
            .SetIntrospectionEndpointUris(ProtocolPaths.Introspection)
            .SetRevocationEndpointUris(ProtocolPaths.Revocation)
            .SetEndSessionEndpointUris(ProtocolPaths.EndSession)
            .SetConfigurationEndpointUris(ProtocolPaths.OpenIdConfiguration, ProtocolPaths.ServerMetadata)
            .SetJsonWebKeySetEndpointUris(ProtocolPaths.JsonWebKeySet);

        // Scopes belong to an API, and an audience names one: this server's own tables decide, and clients need no
        // further permission.
        server
            .DisableScopeValidation().DisableAudienceValidation().DisableResourceValidation()
            .IgnoreEndpointPermissions().IgnoreGrantTypePermissions()
            .IgnoreScopePermissions().IgnoreAudiencePermissions().IgnoreResourcePermissions();
        server.DisableAccessTokenEncryption();
        server.Configure(options =>
        {
            options.GrantTypes.UnionWith(ClientVocabulary.SupportedGrantTypes);
            options.ResponseTypes.UnionWith(ClientVocabulary.ResponseTypes);
            options.ResponseModes.UnionWith(AuthorizeVocabulary.ResponseModes);
            options.PromptValues.Clear();
            options.PromptValues.UnionWith(AuthorizeVocabulary.Prompts);
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(Pkce.Method);
        });
        Pipeline.Apply(server);

        // TLS may end at a proxy; cookies and HSTS go by the issuer.
        server.UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .SuppressJsonResponseIndentation()
            .EnableEndSessionEndpointPassthrough()
            .EnableErrorPassthrough();
    }

    /// <summary>The Management API's tokens, which come in the header only.</summary>
    private static void Configure(OpenIddictValidationBuilder validation)
    {
        validation.UseLocalServer();
        ValidationPipeline.Apply(validation);
        validation.UseAspNetCore()
            .DisableAccessTokenExtractionFromBodyForm()
            .DisableAccessTokenExtractionFromQueryString();
    }
}
