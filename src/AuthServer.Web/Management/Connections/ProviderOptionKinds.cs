using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>
/// The options that a connection to an identity provider may have, by its strategy. An option of Auth0 that nothing
/// here acts on is taken with the value that changes nothing, because tools send it; any other value of it is refused.
/// </summary>
internal static class ProviderOptionKinds
{
    private static readonly JsonValidator ShortText = value =>
        JsonValidators.TextUpTo(512)(value) ?? (value.GetString()!.Trim().Length == 0 ? "Must not be empty" : null);

    private static readonly JsonValidator AuthMethod = JsonValidators.OneOf(
        ProviderAuthMethods.Post, ProviderAuthMethods.Basic);

    private static readonly JsonValidator SigningAlgorithms = value =>
        JsonValidators.Texts(value)
        ?? (
            value.GetArrayLength() > 0
                ? value
                    .EnumerateArray()
                    .Select(JsonValidators.OneOf([.. Algorithms.Accepted]).Invoke)
                    .FirstOrDefault(reason => reason is not null)
                : "Must not be empty");

    private static readonly JsonValidator RequestedScopes = value => value.ValueKind == JsonValueKind.String
        ? ScopesIn(value.GetString()!.Replace(',', ' '))
        : JsonValidators.Texts(value) ?? value.EnumerateArray()
            .Select(word => ScopesIn(word.GetString()!))
            .FirstOrDefault(reason => reason is not null);

    /// <summary>
    /// Only the plain forms of Auth0's attribute map. A profile has the standard claims, so that binding all of them
    /// and the basic ones is the same.
    /// </summary>
    private static readonly JsonValidator AttributeMap = value => JsonValidators.Object(value)
        ?? value.EnumerateObject().Select(member => member.Name switch
        {
            "mapping_mode" => JsonValidators.OneOf("use_map", "basic_profile", "bind_all")(member.Value),
            "attributes" => JsonValidators.Object(member.Value) ?? (member.Value.EnumerateObject().All(IsMapped)
                ? null
                : "Attributes must be of the form ${context.tokenset.claim} or ${context.userinfo.claim}"),
            _ => $"Additional properties not allowed: {member.Name}",
        }).FirstOrDefault(reason => reason is not null);

    private static readonly JsonValidator FieldsMap = value => JsonValidators.Object(value) ?? value.EnumerateObject()
        .Select(member => ShortText(member.Value))
        .FirstOrDefault(reason => reason is not null);

    private static readonly JsonValidator BackChannel =
        UnsupportedMember.Validator("\"back_channel\"", "front_channel brings tokens through the browser");

    private static readonly JsonValidator Pkce = value => JsonValidators.Object(value) ?? value.EnumerateObject()
        .Select(member => member.Name == "pkce"
            ? JsonValidators.OneOf("auto", "S256")(member.Value)
            : $"Additional properties not allowed: {member.Name}")
        .FirstOrDefault(reason => reason is not null);

    private static readonly JsonValidator AppleKey = value => JsonValidators.TextUpTo(4096)(value)
        ?? (Signer.FromPem("", value.GetString()!) is null ? "Expected the PEM of an EC private key (P-256)" : null);

    /// <summary>The options of every provider.</summary>
    public static Dictionary<string, JsonValidator> OfAll { get; } = new(StringComparer.Ordinal)
    {
        ["client_id"] = ShortText,
        ["scope"] = RequestedScopes,
        ["icon_url"] = BrandingModel.Address,
        ["set_user_root_attributes"] = JsonValidators.OneOf(
            RootAttributes.OnEachLogin, RootAttributes.OnFirstLogin, RootAttributes.NeverOnLogin),
        ["domain_aliases"] = UnsupportedMember.Validator("[]", "no email domain chooses a connection"),
        ["non_persistent_attrs"] = UnsupportedMember.Validator("[]", "every attribute is stored"),
        ["upstream_params"] = UnsupportedMember.Validator("{}", "no further parameter is sent to the provider"),
        ["federated_connections_access_tokens"] = UnsupportedMember.Validator(
            """{"active":false}""", "no token of a provider is stored"),
        ["strategy_version"] = UnsupportedMember.Validator("2", "version 1 of a provider is not spoken"),
    };

    /// <param name="url">The rule for where this server or the browser is sent.</param>
    public static Dictionary<string, Dictionary<string, JsonValidator>> ByStrategy(JsonValidator url) =>
        new(StringComparer.Ordinal)
        {
            [ProviderPreset.Google] = Social(
                ProviderPreset.Google,
                ("allowed_audiences", UnsupportedMember.Validator("[]", "no ID token of another client is taken"))),
            [ProviderPreset.GitHub] = Social(ProviderPreset.GitHub),
            [ProviderPreset.Microsoft] = Social(ProviderPreset.Microsoft),
            [ProviderPreset.Apple] = new(StringComparer.Ordinal)
            {
                ["team_id"] = ShortText,
                ["kid"] = ShortText,
                ["app_secret"] = AppleKey,
            },
            [ProviderPreset.Oidc] = new(StringComparer.Ordinal)
            {
                ["client_secret"] = ShortText,
                ["type"] = BackChannel,
                ["issuer"] = url,
                ["discovery_url"] = url,
                ["authorization_endpoint"] = url,
                ["token_endpoint"] = url,
                ["jwks_uri"] = url,
                ["userinfo_endpoint"] = url,
                ["token_endpoint_auth_method"] = AuthMethod,
                ["id_token_signed_response_algs"] = SigningAlgorithms,
                ["attribute_map"] = AttributeMap,
                ["connection_settings"] = Pkce,
                ["schema_version"] = JsonValidators.OneOf("openid-1.0.0", "oidc-V4"),
                ["tenant_domain"] = UnsupportedMember.Validator("\"\"", "no email domain chooses a connection"),
            },
            [ProviderPreset.OAuth2] = new(StringComparer.Ordinal)
            {
                ["client_secret"] = ShortText,
                ["authorizationURL"] = url,
                ["tokenURL"] = url,
                ["userInfoURL"] = url,
                ["pkce_enabled"] = JsonValidators.Flag,
                ["fieldsMap"] = FieldsMap,
                ["token_endpoint_auth_method"] = AuthMethod,
            },
        };

    private static string? ScopesIn(string text) =>
        Scopes.Parse(text).Succeeded(out _, out var malformed) ? null : malformed.Description;

    private static bool IsMapped(JsonProperty attribute) =>
        attribute.Value.ValueKind == JsonValueKind.String
        && IdentityProvider.ClaimOf(attribute.Value.GetString()!) is not null;

    private static Dictionary<string, JsonValidator> Social(
        string strategy, params (string Name, JsonValidator Kind)[] more)
    {
        var kinds = more.ToDictionary(option => option.Name, option => option.Kind, StringComparer.Ordinal);
        kinds["client_secret"] = ShortText;
        foreach (var flag in ProviderPreset.All[strategy].ScopeFlags.Keys)
            kinds[flag] = JsonValidators.Flag;
        return kinds;
    }
}
