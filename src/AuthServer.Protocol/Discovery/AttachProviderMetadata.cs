using System.Collections.Immutable;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>
/// Adds metadata that OpenIddict does not have, and that depends on the tenant's settings: RFC 8414, OpenID Connect
/// Discovery 1.0.
/// </summary>
internal sealed class AttachProviderMetadata(Tenant tenant)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    private static readonly string[] ClaimsOfTokens =
        ["aud", "auth_time", "exp", "iat", "iss", "nonce", "sid", "sub"];

    private static readonly IEnumerable<string> AssertionAlgorithms = Algorithms.Verified.Order(StringComparer.Ordinal);

    private static readonly IEnumerable<string> SignatureAlgorithms = Algorithms.Accepted.Order(StringComparer.Ordinal);

    private static readonly Dictionary<string, OpenIddictParameter> Fixed = new(StringComparer.Ordinal)
    {
        ["scopes_supported"] = List(Scopes.Standard.Order(StringComparer.Ordinal)),
        ["subject_types_supported"] = List(SubjectTypes.Public, SubjectTypes.Pairwise),
        ["id_token_signing_alg_values_supported"] = List(Algorithms.Rs256, Algorithms.Hs256),
        ["userinfo_signing_alg_values_supported"] = List(Algorithms.Rs256),
        ["token_endpoint_auth_methods_supported"] = List(TokenEndpointAuthMethods.All),
        ["token_endpoint_auth_signing_alg_values_supported"] = List(AssertionAlgorithms),
        ["pushed_authorization_request_endpoint_auth_methods_supported"] = List(TokenEndpointAuthMethods.All),
        ["revocation_endpoint_auth_methods_supported"] = List(TokenEndpointAuthMethods.All),
        ["revocation_endpoint_auth_signing_alg_values_supported"] = List(AssertionAlgorithms),
        ["introspection_endpoint_auth_methods_supported"] = List(
            TokenEndpointAuthMethods.All.Where(method => method != TokenEndpointAuthMethods.None)),
        ["introspection_endpoint_auth_signing_alg_values_supported"] = List(AssertionAlgorithms),
        ["claims_supported"] = List(UserClaims.ScopeOf.Keys.Concat(ClaimsOfTokens).Order(StringComparer.Ordinal)),
        ["display_values_supported"] = List("page"),
        ["ui_locales_supported"] = List(Locales.All),
        ["backchannel_logout_supported"] = true,
        ["backchannel_logout_session_supported"] = true,
        ["frontchannel_logout_supported"] = true,
        ["frontchannel_logout_session_supported"] = true,
        ["claims_parameter_supported"] = true,
        ["dpop_signing_alg_values_supported"] = List(SignatureAlgorithms),
        ["request_object_signing_alg_values_supported"] = List(SignatureAlgorithms),
        ["request_parameter_supported"] = true,
    };

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleConfigurationRequestContext>()
        .UseScopedHandler<AttachProviderMetadata>()
        .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        foreach (var (name, value) in Fixed)
            context.Metadata[name] = value;

        var settings = tenant.Settings;
        context.Metadata["require_pushed_authorization_requests"] =
            settings.Flag(TenantFlags.RequirePushedAuthorizationRequests);
        context.Metadata["require_signed_request_object"] = settings.Flag(TenantFlags.RequireSignedRequestObject);
        if (settings.Flag(TenantFlags.EnableDynamicClientRegistration))
            context.Metadata["registration_endpoint"] = tenant.Issuer.At("/oidc/register");
        if (!settings.PushedAuthorizationRequestsSupported)
            context.PushedAuthorizationEndpoint = null;
        if (!settings.Flag(TenantFlags.EndSessionEndpointDiscovery))
            context.EndSessionEndpoint = null;
        return default;
    }

    private static OpenIddictParameter List(params IEnumerable<string> values) => values.ToImmutableArray<string?>();
}
