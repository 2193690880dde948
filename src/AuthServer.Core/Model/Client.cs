using OpenIddict.EntityFrameworkCore.Models;

namespace AuthServer.Core.Model;

/// <summary>
/// An application, RFC 6749 §2: OpenIddict's, with the members of Auth0's client that the protocol acts upon. The other
/// members that OpenIddict stores are computed, or a view (ClientViews.cs).
/// </summary>
public sealed partial class Client : OpenIddictEntityFrameworkCoreApplication<Guid, Authorization, Token>
{
    public string? Description { get; set; }
    public string? LogoUri { get; set; }

    /// <summary>One of <see cref="AppTypes"/>; null when never said.</summary>
    public string? AppType { get; set; }
    public bool IsFirstParty { get; set; } = true;

    public IReadOnlyList<string> GrantTypes
    {
        get;
        set
        {
            field = value;
            permissions = null;
        }
    } = [];

    public IReadOnlyList<string> WebOrigins { get; set; } = [];
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
    public string? InitiateLoginUri { get; set; }

    /// <summary>
    /// URL that logout tokens are posted to, OpenID Connect Back-Channel Logout 1.0 §2.2; Auth0's
    /// <c>oidc_logout.backchannel_logout_urls</c>.
    /// </summary>
    public IReadOnlyList<string> BackchannelLogoutUrls { get; set; } = [];

    /// <summary>The client requires a <c>sid</c> in its logout tokens; they always have one.</summary>
    public bool BackchannelLogoutSessionRequired { get; set; }

    /// <summary>URL that the signed-out page loads in a frame, OpenID Connect Front-Channel Logout 1.0 §2.</summary>
    public string? FrontchannelLogoutUri { get; set; }

    /// <summary>The client requires <c>iss</c> and <c>sid</c> at it; they are always sent.</summary>
    public bool FrontchannelLogoutSessionRequired { get; set; }

    /// <summary>One of <see cref="TokenEndpointAuthMethods"/>.</summary>
    public string TokenEndpointAuthMethod { get; set; } = TokenEndpointAuthMethods.ClientSecretPost;

    /// <summary>
    /// The client secret under the data directory's key: it is shown again to <c>read:client_keys</c>
    /// (docs/security.md#keys).
    /// </summary>
    public byte[]? SecretSealed { get; set; }

    /// <summary>Seconds.</summary>
    public int IdTokenLifetime { get; set; } = 36_000;

    /// <summary>
    /// RS256, or HS256 under the client's own secret; nothing that a token says changes it (RFC 8725 §3.1).
    /// </summary>
    public string IdTokenAlgorithm { get; set; } = Algorithms.Rs256;

    /// <summary>
    /// RS256: <c>/userinfo</c> answers with a signed JWT; null: with JSON (OpenID Connect Core §5.3.2).
    /// </summary>
    public string? UserInfoAlgorithm { get; set; }

    /// <summary>One of <see cref="SubjectTypes"/>.</summary>
    public string SubjectType { get; set; } = SubjectTypes.Public;

    /// <summary>Its host is the sector of a pairwise client, OpenID Connect Core §8.1.</summary>
    public string? SectorIdentifierUri { get; set; }

    public RefreshTokenPolicy RefreshTokens { get; set; } = RefreshTokenPolicy.ForConfidential;

    /// <summary>
    /// Extension of this server: this confidential client needs PKCE too (docs/auth0-compatibility.md).
    /// </summary>
    public bool RequirePkce { get; set; }

    /// <summary>Tokens of this client are bound to a key, RFC 9449; none without a proof.</summary>
    public bool RequireProofOfPossession { get; set; }

    /// <summary>RFC 9126 §6: its authorization requests are pushed.</summary>
    public bool RequirePushedAuthorizationRequests { get; set; }

    /// <summary>Seconds that a pushed request waits for its browser; null for the usual time.</summary>
    public int? PushedRequestLifetime { get; set; }

    /// <summary>RFC 9101 §10.5: its authorization requests are signed.</summary>
    public bool RequireSignedRequestObject { get; set; }

    /// <summary>
    /// OpenID Connect Dynamic Client Registration §2, <c>request_object_signing_alg</c>; null: any that this server
    /// takes.
    /// </summary>
    public string? RequestObjectAlgorithm { get; set; }

    /// <summary>
    /// The ids of the <see cref="Credentials"/> that sign request objects; empty: every key of the client.
    /// </summary>
    public IReadOnlyList<string> RequestObjectCredentials { get; set; } = [];

    /// <summary>
    /// RFC 7591 §2: the response types that the client restricts itself to; empty when it never said.
    /// </summary>
    public IReadOnlyList<string> ResponseTypes { get; set; } = [];

    /// <summary>URL of the client's JWK set, RFC 7591 §2; the alternative is <see cref="Jwks"/>.</summary>
    public string? JwksUri { get; set; }

    /// <summary>Pages of the client, RFC 7591 §2. Never fetched.</summary>
    public string? ClientUri { get; set; }
    public string? PolicyUri { get; set; }
    public string? TosUri { get; set; }
    public IReadOnlyList<string> Contacts { get; set; } = [];

    /// <summary>OpenID Connect Dynamic Client Registration §2: seconds, for a request without <c>max_age</c>.</summary>
    public int? DefaultMaxAge { get; set; }

    /// <summary>OpenID Connect Dynamic Client Registration §2: every ID token has <c>auth_time</c>.</summary>
    public bool RequireAuthTime { get; set; }

    /// <summary>The client registered itself (RFC 7591): no administrator vouches for it.</summary>
    public bool IsSelfRegistered { get; set; }

    /// <summary>
    /// When a user first let it do something; only of a self-registered client, which expires without.
    /// </summary>
    public DateTimeOffset? FirstGrantAt { get; set; }

    /// <summary>One of <see cref="ThirdPartySecurityModes"/>.</summary>
    public string ThirdPartySecurityMode { get; set; } = ThirdPartySecurityModes.Permissive;

    /// <summary>One of <see cref="RedirectionPolicies"/>.</summary>
    public string RedirectionPolicy { get; set; } = RedirectionPolicies.AllowAlways;

    /// <summary>One of <see cref="OrganizationUsages"/>: whether its users sign in to an organization.</summary>
    public string OrganizationUsage { get; set; } = OrganizationUsages.Deny;

    /// <summary>One of <see cref="OrganizationPrompts"/>; Auth0's <c>organization_require_behavior</c>.</summary>
    public string OrganizationPrompt { get; set; } = OrganizationPrompts.None;


    /// <summary>A session of another client signs no user in to it.</summary>
    public bool IsSsoDisabled { get; set; }

    /// <summary>The organization that its own tokens are for when a request names none.</summary>
    public string? DefaultOrganizationId { get; set; }

    /// <summary>Null: the tenant's default for clients.</summary>
    public TokenQuota? TokenQuota { get; set; }
    public IReadOnlyDictionary<string, string> Metadata { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The public keys of <c>private_key_jwt</c>.</summary>
    public List<ClientCredential> Credentials { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>RFC 6749 §2.1.</summary>
    public bool IsPublic => TokenEndpointAuthMethod == TokenEndpointAuthMethods.None;

    /// <summary>
    /// Anyone can call as this client: it has no secret, or it registered itself and no administrator adopted it.
    /// </summary>
    public bool IsUnvetted => IsPublic || (IsSelfRegistered && !IsFirstParty);

    /// <summary>It shares a secret with this server.</summary>
    public bool HasSecret =>
        TokenEndpointAuthMethod
            is TokenEndpointAuthMethods.ClientSecretPost
                or TokenEndpointAuthMethods.ClientSecretBasic;

    /// <summary>
    /// A third party with the limits of Auth0's strict mode: plain OAuth 2.0, only by code and PKCE.
    /// </summary>
    public bool IsStrict => !IsFirstParty && ThirdPartySecurityMode == ThirdPartySecurityModes.Strict;

    /// <summary>
    /// Its redirect URIs are not vouched for: the browser is taken to them only after the user has dealt with the
    /// client (RFC 9700 §4.11).
    /// </summary>
    public bool IsOpenRedirectProtected => RedirectionPolicy == RedirectionPolicies.OpenRedirectProtection;

    public bool AllowsGrantType(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);
}
