using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Federation;

/// <summary>
/// Connection as an identity provider: its options over its preset. The options were validated when they were written.
/// </summary>
public sealed class IdentityProvider
{
    private readonly JsonElement options;

    private IdentityProvider(Connection connection, ProviderPreset preset, JsonElement options) =>
        (Connection, Preset, this.options) = (connection, preset, options);

    public Connection Connection { get; }

    public ProviderPreset Preset { get; }

    public string ClientId => Text("client_id") ?? "";

    public string DisplayName => Connection.DisplayName ?? Preset.DisplayName ?? Connection.Name;

    /// <summary>Of the image on its button; null for the preset's own, or a monogram.</summary>
    public string? IconUrl => Text("icon_url");

    /// <summary>Null when only the discovery document is named.</summary>
    public string? Issuer => Text("issuer") ?? (Text("discovery_url") is null ? Preset.Issuer : null);

    /// <summary>OpenID Connect Discovery §4: below the issuer, unless it is said to be elsewhere.</summary>
    public string DiscoveryUrl => Text("discovery_url") ?? (Text("issuer") is null ? Preset.DiscoveryUrl : null)
        ?? (Issuer ?? "").TrimEnd('/') + WellKnown;

    /// <summary>Whether the options name a discovery document, which supplies the missing values.</summary>
    public bool NamesDiscovery => Text("discovery_url") is not null;

    public string? AuthorizationEndpoint =>
        Text("authorization_endpoint") ?? Text("authorizationURL") ?? Preset.AuthorizationEndpoint;

    public string? TokenEndpoint => Text("token_endpoint") ?? Text("tokenURL") ?? Preset.TokenEndpoint;

    public string? UserInfoEndpoint => Text("userinfo_endpoint") ?? Text("userInfoURL") ?? Preset.UserInfoEndpoint;

    public string? JwksUri => Text("jwks_uri");

    public string? EmailsEndpoint => Text("userEmailsURL") ?? Preset.EmailsEndpoint;

    public string TokenEndpointAuthMethod => Text("token_endpoint_auth_method") ?? Preset.TokenEndpointAuthMethod;

    /// <summary>
    /// An array or a string in the options; requests to OpenID providers always contain <c>openid</c>.
    /// </summary>
    public Scopes Scope
    {
        get
        {
            var asked = options.TryGetProperty("scope", out var scope)
                ? Words(scope)
                : Preset.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var switched = Preset.ScopeFlags.Where(flag => IsTrue(flag.Key)).Select(flag => flag.Value);
            string[] always = Preset.IsOpenId ? ["openid"] : [];
            return Scopes.Of([.. always, .. asked, .. switched]);
        }
    }

    /// <summary>
    /// RFC 9700 §2.1.1: always with OpenID providers. Others have to ignore unknown parameters (RFC 6749 §3.1), and may
    /// be configured without it.
    /// </summary>
    public bool UsesPkce =>
        Preset.IsOpenId
        || !options.TryGetProperty("pkce_enabled", out var enabled)
        || enabled.ValueKind != JsonValueKind.False;

    public IReadOnlyList<string> SigningAlgorithms =>
        options.TryGetProperty("id_token_signed_response_algs", out var listed)
            ? [.. Words(listed).Intersect(Algorithms.Accepted, StringComparer.Ordinal)]
            : Algorithms.Accepted;

    public string RootAttributes => Text("set_user_root_attributes") ?? Federation.RootAttributes.OnEachLogin;

    /// <summary>Apple's: who signs the secret, and with which key.</summary>
    public string? TeamId => Text("team_id");

    public string? KeyId => Text("kid");

    /// <summary>The answer comes as a POST from the provider's page.</summary>
    public bool PostsForm => Preset.PostsForm && Scope.Any(scope => scope is "name" or "email");

    private const string WellKnown = "/.well-known/openid-configuration";

    /// <returns>Null for a user database.</returns>
    public static IdentityProvider? Of(Connection connection) =>
        ProviderPreset.All.TryGetValue(connection.Strategy, out var preset)
            ? new IdentityProvider(connection, preset, JsonDocument.Parse(connection.Options).RootElement)
            : null;

    /// <summary>
    /// Discovery §4.3: the issuer in the document is the configured one, or the one that the document's URL is below.
    /// </summary>
    public bool IsIssuer(string documented) =>
        Issuer is { } configured
            ? documented == configured
            : DiscoveryUrl.EndsWith(WellKnown, StringComparison.Ordinal)
                && documented.TrimEnd('/') == DiscoveryUrl[..^WellKnown.Length].TrimEnd('/');

    /// <summary>The provider's name for one of our members.</summary>
    public string FieldOf(string member) =>
        (options.TryGetProperty("fieldsMap", out var map) ? TextOf(map, member) : null)
        ?? MappedClaim(member)
        ?? Preset.Fields.GetValueOrDefault(member)
        ?? (member == "user_id" ? "sub" : member);

    /// <summary>
    /// When the user maps a member to another claim, an address from that claim is unverified unless the map names the
    /// claim that verifies it.
    /// </summary>
    public bool EmailIsMapped => FieldOf("email") != "email" && FieldOf("email_verified") == "email_verified";

    /// <summary>
    /// Of Auth0's attribute map the plain form: <c>${context.tokenset.claim}</c> or <c>${context.userinfo.claim}</c>.
    /// </summary>
    public static string? ClaimOf(string expression)
    {
        foreach (var opening in (string[])["${context.tokenset.", "${context.userinfo."])
        {
            if (expression.StartsWith(opening, StringComparison.Ordinal)
                && expression.EndsWith('}')
                && expression.Length > opening.Length + 1)
                return expression[opening.Length..^1];
        }

        return null;
    }

    private string? MappedClaim(string member) =>
        TextOf(JsonText.Member(JsonText.Member(options, "attribute_map"), "attributes"), member) is { } expression
            ? ClaimOf(expression)
            : null;

    private bool IsTrue(string member) => JsonText.IsTrue(options, member);

    private string? Text(string member) => TextOf(options, member);

    private static string? TextOf(JsonElement json, string member) =>
        JsonText.Of(json, member) is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Words(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => value
                .EnumerateArray()
                .Where(word => word.ValueKind == JsonValueKind.String)
                .SelectMany(word => word.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            _ => [],
        };
}
