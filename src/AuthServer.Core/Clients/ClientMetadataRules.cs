using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>Rule for one member of a client, by Auth0's name of the member.</summary>
/// <param name="Member">Auth0's name.</param>
/// <param name="Check">Returns a description of the error; null when the member is valid.</param>
/// <param name="Registered">The name of RFC 7591, where it is another.</param>
public sealed record ClientRule(string Member, Func<Client, string?> Check, string? Registered = null);

/// <summary>Validates a client's metadata.</summary>
public sealed record ClientProblem(string Member, string Message)
{
    /// <summary>The member's name in RFC 7591.</summary>
    public string Registered { get; init; } = Member;
}

/// <summary>
/// Every check of a client's metadata, in order; for the Management API and for dynamic registration alike.
/// </summary>
public static partial class ClientMetadataRules
{
    private const int MaxLogoutUrls = 5;

    public static readonly ClientRule[] All =
    [
        new("name", client => Name(client.Name), Registered: "client_name"),
        new(
            "app_type",
            client =>
                client.AppType is null || ClientVocabulary.AppTypes.Contains(client.AppType)
                    ? null
                    : $"is not a known application type: {client.AppType}"),
        new("logo_uri", client => client.LogoUri is null ? null : ClientUris.Web(client.LogoUri)),
        new("client_uri", client => client.ClientUri is null ? null : ClientUris.Web(client.ClientUri)),
        new("policy_uri", client => client.PolicyUri is null ? null : ClientUris.Web(client.PolicyUri)),
        new("tos_uri", client => client.TosUri is null ? null : ClientUris.Web(client.TosUri)),
        new("contacts", client => Contacts(client.Contacts)),
        new(
            "initiate_login_uri",
            client => client.InitiateLoginUri is null ? null : ClientUris.Web(client.InitiateLoginUri)),
        new("callbacks", Callbacks, Registered: "redirect_uris"),
        new("allowed_logout_urls", LogoutUrls, Registered: "post_logout_redirect_uris"),
        new(
            "oidc_logout.backchannel_logout_urls",
            client =>
                client.BackchannelLogoutUrls.Count > MaxLogoutUrls
                    ? $"must have at most {MaxLogoutUrls} entries"
                    : Each(client.BackchannelLogoutUrls, ClientUris.WebWithoutFragment),
            Registered: "backchannel_logout_uri"),
        new("frontchannel_logout_uri", FrontchannelLogoutUri),
        new("web_origins", client => Each(client.WebOrigins, ClientUris.Origin)),
        new("allowed_origins", client => Each(client.AllowedOrigins, ClientUris.Origin)),
        new(
            "grant_types",
            client =>
                client.GrantTypes.FirstOrDefault(grant => !ClientVocabulary.GrantTypes.Contains(grant)) is { } unknown
                    ? $"has an unknown grant type: {unknown}"
                    : null),
        new(
            "token_endpoint_auth_method",
            client =>
                ClientVocabulary.AuthMethods.Contains(client.TokenEndpointAuthMethod)
                    ? null
                    : $"is not supported: {client.TokenEndpointAuthMethod}"),
        new("grant_types", PublicClientsHaveNoOwnTokens),
        new("jwt_configuration.alg", IdTokenAlgorithm, Registered: "id_token_signed_response_alg"),
        new(
            "userinfo_signed_response_alg",
            client =>
                client.UserInfoAlgorithm is null or Algorithms.Rs256
                    ? null
                    : $"is not supported: {client.UserInfoAlgorithm}; use RS256"),
        new(
            "subject_type",
            client =>
                client.SubjectType is SubjectTypes.Public or SubjectTypes.Pairwise
                    ? null
                    : $"is not supported: {client.SubjectType}; use public or pairwise"),
        new(
            "sector_identifier_uri",
            client => client.SectorIdentifierUri is null ? null : ClientUris.Web(client.SectorIdentifierUri)),
        new("sector_identifier_uri", SectorIsOneHost),
        new(
            "response_types",
            client =>
                client.ResponseTypes.Except(ClientVocabulary.ResponseTypes, StringComparer.Ordinal).FirstOrDefault()
                    is { } unknown
                    ? $"has an unknown response type: {unknown}"
                    : null),
        new("jwks", client => client.Jwks is null ? null : ClientKeySet.Validate(client.Jwks)),
        new("jwks_uri", client => client.JwksUri is null ? null : ClientUris.Web(client.JwksUri)),
        new("jwks_uri", client => client.Jwks is null || client.JwksUri is null ? null : "must not stand beside jwks"),
        new("default_max_age", client => client.DefaultMaxAge is null or >= 0 ? null : "must not be negative"),
        new(
            "third_party_security_mode",
            client =>
                ClientVocabulary.SecurityModes.Contains(client.ThirdPartySecurityMode)
                    ? null
                    : "must be strict or permissive"),
        new(
            "redirection_policy",
            client =>
                ClientVocabulary.RedirectionPolicies.Contains(client.RedirectionPolicy)
                    ? null
                    : "must be allow_always or open_redirect_protection"),
        new(
            "request_object_signing_alg",
            client =>
                client.RequestObjectAlgorithm is null
                || Algorithms.IsAccepted(client.RequestObjectAlgorithm)
                    ? null
                    : $"is not supported: {client.RequestObjectAlgorithm}"),
        new(
            "jwt_configuration.lifetime_in_seconds",
            client => client.IdTokenLifetime is >= 1 and <= 2_592_000 ? null : "must be between 1 and 2592000"),
        new(
            "refresh_token.leeway",
            client => client.RefreshTokens.Leeway is >= 0 and <= 60 ? null : "must be between 0 and 60"),
        new("refresh_token.token_lifetime", client => Lifetime(client.RefreshTokens.TokenLifetime)),
        new("refresh_token.idle_token_lifetime", client => Lifetime(client.RefreshTokens.IdleTokenLifetime)),
        new("refresh_token.idle_token_lifetime", client => IdleFitsIntoAbsolute(client.RefreshTokens)),
    ];

    /// <summary>Besides, while the tenant reads RFC 8252 §8.4 strictly.</summary>
    private static readonly ClientRule[] Strict =
    [
        new("callbacks", client => Each(client.Callbacks, PrivateUseSchemes.ValidatePeriod), "redirect_uris"),
        new(
            "allowed_logout_urls",
            client => Each(client.AllowedLogoutUrls, PrivateUseSchemes.ValidatePeriod),
            "post_logout_redirect_uris"),
    ];

    /// <returns>The first rule that fails; null when none does.</returns>
    public static ClientProblem? Check(Client client, TenantSettings settings) =>
        (settings.Flag(TenantFlags.RequireReverseDomainSchemes) ? All.Concat(Strict) : All)
            .Select(rule => rule.Check(client) is { } message
                ? new ClientProblem(rule.Member, message) { Registered = rule.Registered ?? rule.Member }
                : null)
            .FirstOrDefault(problem => problem is not null);
}
