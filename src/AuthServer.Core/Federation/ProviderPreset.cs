using System.Collections.Frozen;

namespace AuthServer.Core.Federation;

/// <summary>
/// Defaults of a kind of identity provider, as data. A connection's options add to them and override them.
/// </summary>
/// <param name="Strategy">Auth0's name for the kind; user ids begin with it.</param>
/// <param name="IsOpenId">It answers with an ID token. Else users are what its userinfo URL says.</param>
public sealed record ProviderPreset(string Strategy, bool IsOpenId)
{
    public const string Oidc = "oidc";
    public const string OAuth2 = "oauth2";
    public const string Google = "google-oauth2";
    public const string GitHub = "github";
    public const string Microsoft = "windowslive";
    public const string Apple = "apple";

    /// <summary>Every kind that there is.</summary>
    public static FrozenDictionary<string, ProviderPreset> All { get; } = new ProviderPreset[]
    {
        new(Oidc, IsOpenId: true),
        new(OAuth2, IsOpenId: false) { Scope = "" },
        new(Google, IsOpenId: true)
        {
            DisplayName = "Google",
            Issuer = "https://accounts.google.com",
            IsSocial = true,
            ScopeFlags = Map(("email", "email"), ("profile", "profile")),
        },
        new(GitHub, IsOpenId: false)
        {
            DisplayName = "GitHub",
            IsSocial = true,
            AuthorizationEndpoint = "https://github.com/login/oauth/authorize",
            TokenEndpoint = "https://github.com/login/oauth/access_token",
            UserInfoEndpoint = "https://api.github.com/user",
            EmailsEndpoint = "https://api.github.com/user/emails",
            Scope = "read:user user:email",
            Fields = Map(("user_id", "id"), ("nickname", "login"), ("picture", "avatar_url")),
            ScopeFlags = Map(
                ("email", "user:email"),
                ("profile", "read:user"),
                ("read_user", "read:user"),
                ("follow", "user:follow"),
                ("public_repo", "public_repo"),
                ("repo", "repo"),
                ("repo_deployment", "repo_deployment"),
                ("repo_status", "repo:status"),
                ("delete_repo", "delete_repo"),
                ("notifications", "notifications"),
                ("gist", "gist"),
                ("read_repo_hook", "read:repo_hook"),
                ("write_repo_hook", "write:repo_hook"),
                ("admin_repo_hook", "admin:repo_hook"),
                ("read_org", "read:org"),
                ("write_org", "write:org"),
                ("admin_org", "admin:org"),
                ("read_public_key", "read:public_key"),
                ("write_public_key", "write:public_key"),
                ("admin_public_key", "admin:public_key")),
        },
        new(Microsoft, IsOpenId: true)
        {
            DisplayName = "Microsoft",
            IsSocial = true,
            DiscoveryUrl = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
            Issuer = "https://login.microsoftonline.com/{tenantid}/v2.0",
            VouchesForEmail = false,
            ScopeFlags = Map(("email", "email"), ("profile", "profile")),
        },
        new(Apple, IsOpenId: true)
        {
            DisplayName = "Apple",
            IsSocial = true,
            Issuer = "https://appleid.apple.com",
            Scope = "openid name email",
            TokenEndpointAuthMethod = ProviderAuthMethods.SignedSecret,
            PostsForm = true,
        },
    }.ToFrozenDictionary(preset => preset.Strategy, StringComparer.Ordinal);

    /// <summary>On the button; null when the connection has to say.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Provider of private accounts: <c>isSocial</c> in the API.</summary>
    public bool IsSocial { get; init; }

    /// <summary>With <c>{tenantid}</c> where every tenant of the provider has an issuer of its own.</summary>
    public string? Issuer { get; init; }
    public string? DiscoveryUrl { get; init; }
    public string? AuthorizationEndpoint { get; init; }
    public string? TokenEndpoint { get; init; }
    public string? UserInfoEndpoint { get; init; }

    /// <summary>URL of the addresses, each with whether it is the primary one and verified (GitHub).</summary>
    public string? EmailsEndpoint { get; init; }
    public string Scope { get; init; } = "openid profile email";
    public string TokenEndpointAuthMethod { get; init; } = ProviderAuthMethods.Post;

    /// <summary>
    /// The response is a form that the browser posts whenever the request asks for a name or an address.
    /// </summary>
    public bool PostsForm { get; init; }

    /// <summary>
    /// Its <c>email_verified</c> counts. Microsoft's doesn't: an administrator of any tenant writes any address
    /// (docs/security.md#identity-providers-asvs-68).
    /// </summary>
    public bool VouchesForEmail { get; init; } = true;

    /// <summary>Our members of a user, and the provider's names for them, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = Map();

    /// <summary>Auth0's flags among the options, and the scope that each adds when it is true.</summary>
    public IReadOnlyDictionary<string, string> ScopeFlags { get; init; } = Map();

    private static FrozenDictionary<string, string> Map(params (string Ours, string Theirs)[] pairs) =>
        pairs.ToFrozenDictionary(pair => pair.Ours, pair => pair.Theirs, StringComparer.Ordinal);
}

/// <summary>How this server authenticates at a provider's token endpoint.</summary>
public static class ProviderAuthMethods
{
    public const string Post = "client_secret_post";
    public const string Basic = "client_secret_basic";

    /// <summary>The secret is a JWT of this server, signed for each request (Apple).</summary>
    public const string SignedSecret = "signed_secret";
}

/// <summary>
/// When what the provider says becomes the user's own profile: Auth0's <c>set_user_root_attributes</c>.
/// </summary>
public static class RootAttributes
{
    public const string OnEachLogin = "on_each_login";
    public const string OnFirstLogin = "on_first_login";
    public const string NeverOnLogin = "never_on_login";
}
