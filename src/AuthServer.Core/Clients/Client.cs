namespace AuthServer.Core.Clients;

/// <summary>An application, RFC 6749 §2, with the members of Auth0's client that the protocol acts upon.</summary>
public sealed class Client
{
    /// <summary>32 letters and digits.</summary>
    public required string ClientId { get; init; }
    public required string Name { get; set; }
    public string? Description { get; set; }
    public string? LogoUri { get; set; }

    /// <summary>One of <see cref="AppTypes"/>; null when never said.</summary>
    public string? AppType { get; set; }
    public bool IsFirstParty { get; set; } = true;

    public IReadOnlyList<string> GrantTypes { get; set; } = [];

    /// <summary>The redirect URIs, RFC 6749 §3.1.2.2.</summary>
    public IReadOnlyList<string> Callbacks { get; set; } = [];
    public IReadOnlyList<string> AllowedLogoutUrls { get; set; } = [];
    public IReadOnlyList<string> WebOrigins { get; set; } = [];
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
    public string? InitiateLoginUri { get; set; }

    /// <summary>Where logout tokens are posted to, OpenID Connect Back-Channel Logout 1.0 §2.2; Auth0's <c>oidc_logout.backchannel_logout_urls</c>.</summary>
    public IReadOnlyList<string> BackchannelLogoutUrls { get; set; } = [];

    /// <summary>The client wants a <c>sid</c> in its logout tokens; they have one always.</summary>
    public bool BackchannelLogoutSessionRequired { get; set; }

    /// <summary>What the signed-out page shows in a frame, OpenID Connect Front-Channel Logout 1.0 §2.</summary>
    public string? FrontchannelLogoutUri { get; set; }

    /// <summary>The client wants <c>iss</c> and <c>sid</c> at it; they are there always.</summary>
    public bool FrontchannelLogoutSessionRequired { get; set; }

    /// <summary>One of <see cref="TokenEndpointAuthMethods"/>.</summary>
    public string TokenEndpointAuthMethod { get; set; } = TokenEndpointAuthMethods.ClientSecretPost;

    /// <summary>SHA-256 of the client secret: what a presented one is compared with. Null for a client that has none.</summary>
    public byte[]? SecretHash { get; set; }

    /// <summary>The client secret under the data directory's key: it is shown again to <c>read:client_keys</c> (mission decision 6).</summary>
    public byte[]? SecretSealed { get; set; }

    /// <summary>Seconds.</summary>
    public int IdTokenLifetime { get; set; } = 36_000;
    public string IdTokenAlgorithm { get; set; } = "RS256";

    public RefreshTokenPolicy RefreshTokens { get; set; } = RefreshTokenPolicy.ForConfidential;

    /// <summary>Ours: this confidential client needs PKCE too (mission decision 4).</summary>
    public bool RequirePkce { get; set; }

    public bool OidcConformant { get; set; } = true;
    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Members of Auth0's client that are kept and shown, and that nothing here acts upon yet: a JSON object.</summary>
    public string Other { get; set; } = "{}";

    /// <summary>The public keys of <c>private_key_jwt</c>.</summary>
    public List<ClientCredential> Credentials { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>RFC 6749 §2.1.</summary>
    public bool IsPublic => TokenEndpointAuthMethod == TokenEndpointAuthMethods.None;

    public bool May(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);
}

/// <summary>Auth0's application types (B7).</summary>
public static class AppTypes
{
    public const string Native = "native";
    public const string Spa = "spa";
    public const string RegularWeb = "regular_web";
    public const string NonInteractive = "non_interactive";
}

/// <summary>RFC 7591 §2, <c>token_endpoint_auth_method</c>.</summary>
public static class TokenEndpointAuthMethods
{
    public const string None = "none";
    public const string ClientSecretPost = "client_secret_post";
    public const string ClientSecretBasic = "client_secret_basic";
    public const string PrivateKeyJwt = "private_key_jwt";
}
