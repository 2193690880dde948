using System.Globalization;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary>One rule: the member it speaks of (Auth0's name), and what is wrong with it in a client; null when nothing is.</summary>
/// <param name="Member">Auth0's name.</param>
/// <param name="Check">What is wrong.</param>
/// <param name="Registered">The name of RFC 7591, where it is another.</param>
public sealed record ClientRule(string Member, Func<Client, string?> Check, string? Registered = null);

/// <summary>What is wrong with a client's metadata.</summary>
public sealed record ClientProblem(string Member, string Message)
{
    /// <summary>The member's name in RFC 7591.</summary>
    public string Registered { get; init; } = Member;
}

/// <summary>Every check of a client's metadata, in order; for the Management API and for dynamic registration alike.</summary>
public static class ClientMetadataRules
{
    private const int MaxNameLength = 1024;
    private const int MaxUris = 100;
    private const int MaxContacts = 10;
    private const int MaxContactLength = 254;
    private const int MaxLogoutUrls = 5;

    public static readonly ClientRule[] All =
    [
        new("name", client => Name(client.Name), Registered: "client_name"),
        new("app_type", client => client.AppType is null || ClientVocabulary.AppTypes.Contains(client.AppType) ? null : $"is not a known application type: {client.AppType}"),
        new("logo_uri", client => client.LogoUri is null ? null : ClientUris.Web(client.LogoUri)),
        new("client_uri", client => client.ClientUri is null ? null : ClientUris.Web(client.ClientUri)),
        new("policy_uri", client => client.PolicyUri is null ? null : ClientUris.Web(client.PolicyUri)),
        new("tos_uri", client => client.TosUri is null ? null : ClientUris.Web(client.TosUri)),
        new("contacts", client => Contacts(client.Contacts)),
        new("initiate_login_uri", client => client.InitiateLoginUri is null ? null : ClientUris.Web(client.InitiateLoginUri)),
        new("callbacks", Callbacks, Registered: "redirect_uris"),
        new("allowed_logout_urls", LogoutUrls, Registered: "post_logout_redirect_uris"),
        new(
            "oidc_logout.backchannel_logout_urls",
            client => client.BackchannelLogoutUrls.Count > MaxLogoutUrls ? $"must have at most {MaxLogoutUrls} entries" : Each(client.BackchannelLogoutUrls, ClientUris.WebWithoutFragment),
            Registered: "backchannel_logout_uri"),
        new("frontchannel_logout_uri", FrontchannelLogoutUri),
        new("web_origins", client => Each(client.WebOrigins, ClientUris.Origin)),
        new("allowed_origins", client => Each(client.AllowedOrigins, ClientUris.Origin)),
        new("grant_types", client => client.GrantTypes.FirstOrDefault(grant => !ClientVocabulary.GrantTypes.Contains(grant)) is { } unknown ? $"has an unknown grant type: {unknown}" : null),
        new("token_endpoint_auth_method", client => ClientVocabulary.AuthMethods.Contains(client.TokenEndpointAuthMethod) ? null : $"is not supported: {client.TokenEndpointAuthMethod}"),
        new("grant_types", PublicClientsHaveNoOwnTokens),
        new("jwt_configuration.alg", IdTokenAlgorithm, Registered: "id_token_signed_response_alg"),
        new("userinfo_signed_response_alg", client => client.UserInfoAlgorithm is null or "RS256" ? null : $"is not supported: {client.UserInfoAlgorithm}; use RS256"),
        new("subject_type", client => client.SubjectType is SubjectTypes.Public or SubjectTypes.Pairwise ? null : $"is not supported: {client.SubjectType}; use public or pairwise"),
        new("sector_identifier_uri", client => client.SectorIdentifierUri is null ? null : ClientUris.Web(client.SectorIdentifierUri)),
        new("sector_identifier_uri", SectorIsOneHost),
        new("response_types", client => client.ResponseTypes.FirstOrDefault(type => !ClientVocabulary.ResponseTypes.Contains(type)) is { } unknown ? $"has an unknown response type: {unknown}" : null),
        new("jwks", client => client.Jwks is null ? null : ClientKeySet.Validate(client.Jwks)),
        new("jwks_uri", client => client.JwksUri is null ? null : ClientUris.Web(client.JwksUri)),
        new("jwks_uri", client => client.Jwks is null || client.JwksUri is null ? null : "must not stand beside jwks"),
        new("default_max_age", client => client.DefaultMaxAge is null or >= 0 ? null : "must not be negative"),
        new("third_party_security_mode", client => ClientVocabulary.SecurityModes.Contains(client.ThirdPartySecurityMode) ? null : "must be strict or permissive"),
        new("redirection_policy", client => ClientVocabulary.RedirectionPolicies.Contains(client.RedirectionPolicy) ? null : "must be allow_always or open_redirect_protection"),
        new(
            "request_object_signing_alg",
            client => client.RequestObjectAlgorithm is null || Requests.RequestObjects.Algorithms.Contains(client.RequestObjectAlgorithm) ? null : $"is not supported: {client.RequestObjectAlgorithm}"),
        new("jwt_configuration.lifetime_in_seconds", client => client.IdTokenLifetime is >= 1 and <= 2_592_000 ? null : "must be between 1 and 2592000"),
        new("refresh_token.leeway", client => client.RefreshTokens.Leeway is >= 0 and <= 60 ? null : "must be between 0 and 60"),
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

    private static string? Callbacks(Client client) =>
        Each(client.Callbacks, uri => ClientUris.Callback(uri, RedirectUris.MayUseShortSchemes(client)));

    private static string? LogoutUrls(Client client) =>
        Each(client.AllowedLogoutUrls, url => ClientUris.Logout(url, RedirectUris.MayUseShortSchemes(client)));

    /// <summary>
    /// A name is shown to people who decide by it: nothing invisible, nothing that turns the text around.
    /// </summary>
    private static string? Name(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => "must not be empty",
        { Length: > MaxNameLength } => $"must have at most {MaxNameLength} characters",
        _ when name.Any(IsInvisible) =>
            "must not have control or invisible characters",
        _ => null,
    };

    private static string? Contacts(IReadOnlyList<string> contacts) => contacts switch
    {
        { Count: > MaxContacts } => $"must have at most {MaxContacts} entries",
        _ when contacts.Any(contact => contact.Length is 0 or > MaxContactLength || contact.Any(IsInvisible)) =>
            $"must have entries of 1 to {MaxContactLength} characters, none of them invisible",
        _ => null,
    };

    private static bool IsInvisible(char character) =>
        char.IsControl(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string? Each(IReadOnlyList<string> uris, Func<string, string?> check) =>
        uris.Count > MaxUris
            ? $"must have at most {MaxUris} entries"
            : uris.Select(uri => check(uri) is { } reason ? $"{(uri.Length > 200 ? uri[..200] : uri)} {reason}" : null).FirstOrDefault(reason => reason is not null);

    /// <summary>Front-Channel Logout §2: scheme, host and port of a callback, so that nobody has strangers' pages framed.</summary>
    private static string? FrontchannelLogoutUri(Client client)
    {
        if (client.FrontchannelLogoutUri is not { } uri)
            return null;
        return ClientUris.WebWithoutFragment(uri)
            ?? (client.Callbacks.Any(callback => ClientUris.SameOrigin(callback, uri)) ? null : "must have the scheme, host and port of a callback");
    }

    /// <summary>RFC 6749 §4.4: the client credentials grant is for confidential clients alone.</summary>
    private static string? PublicClientsHaveNoOwnTokens(Client client) =>
        client.IsPublic && client.AllowsGrantType("client_credentials")
            ? "must not have client_credentials while token_endpoint_auth_method is none"
            : null;

    /// <summary>OpenID Connect Core §10.1: an HMAC needs a secret, which only some confidential clients share with us.</summary>
    private static string? IdTokenAlgorithm(Client client) => client.IdTokenAlgorithm switch
    {
        "RS256" => null,
        Jose.Algorithms.Hs256 when client.HasSecret => null,
        Jose.Algorithms.Hs256 => $"HS256 needs a client with a secret; token_endpoint_auth_method is {client.TokenEndpointAuthMethod}",
        var other => $"is not supported: {other}; use RS256 or HS256",
    };

    /// <summary>OpenID Connect Core §8.1.</summary>
    private static string? SectorIsOneHost(Client client) =>
        client.SubjectType == SubjectTypes.Pairwise && Users.SubjectIdentifier.SectorOf(client) is null
            ? "is needed while subject_type is pairwise and the callbacks are not all on one host"
            : null;

    private static string? Lifetime(int seconds) => seconds is >= 1 and <= 157_788_000 ? null : "must be between 1 and 157788000";

    private static string? IdleFitsIntoAbsolute(RefreshTokenPolicy policy) =>
        policy.Expiring && !policy.InfiniteTokenLifetime && !policy.InfiniteIdleTokenLifetime && policy.IdleTokenLifetime > policy.TokenLifetime
            ? "must not be longer than token_lifetime"
            : null;
}
