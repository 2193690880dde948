using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Jose;
using AuthServer.Web.Http;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

/// <summary>
/// The <c>options</c> of an identity provider: what may be said for which kind, and how each is checked. What isn't here is refused, so that nobody
/// believes to have set it. The secret leaves the options for its sealed place, and is never shown.
/// </summary>
internal sealed class ProviderOptions(ISecretBox box, IHostEnvironment environment)
{
    private const string Issuer = "issuer";
    private const string Secret = "client_secret";
    private const string AppleKey = "app_secret";

    private static readonly JsonKind ShortText = value => JsonKinds.LongestText(512)(value) ?? (value.GetString()!.Trim().Length == 0 ? "Must not be empty" : null);

    private static readonly JsonKind RequestedScopes = value =>
        Scopes.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace(',', ' ') : "").Succeeded(out _, out var malformed)
            ? value.ValueKind == JsonValueKind.String ? null : JsonKinds.Texts(value) ?? (value.EnumerateArray().All(word => Scopes.Parse(word.GetString()).Succeeded(out _, out _)) ? null : "Has a character that no scope has")
            : malformed.Description;

    /// <summary>Of Auth0's attribute map the plain form alone; its other modes compute.</summary>
    private static readonly JsonKind AttributeMap = value => JsonKinds.Object(value) ?? value.EnumerateObject().Select(member => member.Name switch
    {
        "mapping_mode" => JsonKinds.OneOf("use_map", "basic_profile")(member.Value),
        "attributes" => JsonKinds.Object(member.Value) ?? (member.Value.EnumerateObject().All(mapped =>
            mapped.Value.ValueKind == JsonValueKind.String && IdentityProvider.ClaimOf(mapped.Value.GetString()!) is not null)
                ? null : "Attributes must be of the form ${context.tokenset.claim} or ${context.userinfo.claim}"),
        _ => $"Additional properties not allowed: {member.Name}",
    }).FirstOrDefault(reason => reason is not null);

    private static readonly JsonKind FieldsMap = value => JsonKinds.Object(value) ?? value.EnumerateObject().Select(member => ShortText(member.Value)).FirstOrDefault(reason => reason is not null);

    private static readonly Dictionary<string, JsonKind> OfAll = new(StringComparer.Ordinal)
    {
        ["client_id"] = ShortText,
        ["scope"] = RequestedScopes,
        ["icon_url"] = JsonKinds.LongestText(2048),
        ["set_user_root_attributes"] = JsonKinds.OneOf(RootAttributes.OnEachLogin, RootAttributes.OnFirstLogin, RootAttributes.NeverOnLogin),
    };

    private readonly Dictionary<string, Dictionary<string, JsonKind>> ofKind = Kinds(url => Endpoint(url, environment.IsDevelopment()));

    /// <summary>Checks the options that <paramref name="connection"/> was just given, and takes the secret out of them.</summary>
    /// <param name="connection">With its options replaced.</param>
    /// <param name="before">What they were; null at a creation.</param>
    public Problem? Settle(Connection connection, string? before)
    {
        if (!ofKind.TryGetValue(connection.Strategy, out var kinds))
            return null;
        var sent = JsonNode.Parse(connection.Options)!.AsObject();
        foreach (var (name, value) in sent.ToArray())
        {
            if (value is null && name is not (Secret or AppleKey))
            {
                sent.Remove(name);
                continue;
            }

            if (!kinds.TryGetValue(name, out var kind) && !OfAll.TryGetValue(name, out kind))
                return Problem.Unknown(name).Under("options");
            if (value is not null && kind(JsonSerializer.SerializeToElement(value)) is { } reason)
                return new Problem(reason, "options." + name);
        }

        return TakeSecret(connection, sent, kinds) ?? Whole(connection, sent, before);
    }

    private Problem? TakeSecret(Connection connection, JsonObject sent, Dictionary<string, JsonKind> kinds)
    {
        var name = kinds.ContainsKey(AppleKey) ? AppleKey : Secret;
        if (sent.ContainsKey(name))
        {
            connection.SecretSealed = null;
            if (sent[name]?.GetValue<string>() is { Length: > 0 } secret)
                ConnectionSecrets.Set(connection, secret, box);
            sent.Remove(name);
        }

        connection.Options = sent.ToJsonString();
        return connection.SecretSealed is null ? Problem.Missing(name).Under("options") : null;
    }

    private static Problem? Whole(Connection connection, JsonObject sent, string? before)
    {
        string[] required = connection.Strategy switch
        {
            ProviderPreset.OAuth2 => ["client_id", "authorizationURL", "tokenURL", "userInfoURL"],
            ProviderPreset.Apple => ["client_id", "team_id", "kid"],
            ProviderPreset.Oidc when !sent.ContainsKey("discovery_url") => ["client_id", Issuer],
            _ => ["client_id"],
        };
        if (Array.Find(required, name => !sent.ContainsKey(name)) is { } missing)
            return Problem.Missing(missing).Under("options");

        // The same subjects would be other people.
        if (before is not null && connection.Strategy == ProviderPreset.Oidc && Home(before) != Home(connection.Options))
            return new Problem("The provider of a connection can't be changed, because its users are that provider's. Make another connection", "options." + Issuer);
        return null;
    }

    private static string Home(string options)
    {
        var json = JsonNode.Parse(options)!.AsObject();
        return (json[Issuer] ?? json["discovery_url"])?.GetValue<string>() ?? "";
    }

    /// <summary>
    /// Where this server or the browser will be sent: https, and no address of a neighbour. Names are looked up at each
    /// request.
    /// </summary>
    private static string? Endpoint(JsonElement value, bool isDevelopment)
    {
        if (JsonKinds.Text(value) is { } mistyped)
            return mistyped;
        var text = value.GetString()!;
        if (ClientUris.WebWithoutFragment(text) is { } unfit)
            return unfit;
        var uri = new Uri(text);
        if (uri.Scheme != Uri.UriSchemeHttps && !isDevelopment)
            return "must be https";
        return IPAddress.TryParse(uri.IdnHost, out var address) && !AddressGuard.IsPublic(address) && !(isDevelopment && IPAddress.IsLoopback(address))
            ? "must not be an address of a private network"
            : null;
    }

    private static Dictionary<string, Dictionary<string, JsonKind>> Kinds(JsonKind url)
    {
        var hints = new Dictionary<string, JsonKind>(StringComparer.Ordinal) { [Secret] = ShortText, ["email"] = JsonKinds.Flag, ["profile"] = JsonKinds.Flag };
        return new(StringComparer.Ordinal)
        {
            [ProviderPreset.Google] = hints,
            [ProviderPreset.GitHub] = hints,
            [ProviderPreset.Microsoft] = hints,
            [ProviderPreset.Apple] = new(StringComparer.Ordinal)
            {
                ["team_id"] = ShortText,
                ["kid"] = ShortText,
                [AppleKey] = value => JsonKinds.LongestText(4096)(value) ?? (IsKey(value.GetString()!) ? null : "Expected the PEM of an EC private key (P-256)"),
            },
            [ProviderPreset.Oidc] = new(StringComparer.Ordinal)
            {
                [Secret] = ShortText,
                ["type"] = value => JsonKinds.Text(value) ?? (value.GetString() == "back_channel" ? null : "Only back_channel is supported: front_channel brings tokens through the browser"),
                [Issuer] = url,
                ["discovery_url"] = url,
                ["token_endpoint_auth_method"] = JsonKinds.OneOf(ProviderAuthMethods.Post, ProviderAuthMethods.Basic),
                ["id_token_signed_response_algs"] = value => JsonKinds.Texts(value)
                    ?? (value.GetArrayLength() > 0 ? value.EnumerateArray().Select(JsonKinds.OneOf("RS256", "PS256", "ES256").Invoke).FirstOrDefault(reason => reason is not null) : "Must not be empty"),
                ["attribute_map"] = AttributeMap,
                ["connection_settings"] = value => JsonKinds.ObjectOf("pkce", JsonKinds.OneOf("auto", "S256"))(value),
            },
            [ProviderPreset.OAuth2] = new(StringComparer.Ordinal)
            {
                [Secret] = ShortText,
                ["authorizationURL"] = url,
                ["tokenURL"] = url,
                ["userInfoURL"] = url,
                ["pkce_enabled"] = JsonKinds.Flag,
                ["fieldsMap"] = FieldsMap,
                ["token_endpoint_auth_method"] = JsonKinds.OneOf(ProviderAuthMethods.Post, ProviderAuthMethods.Basic),
            },
        };
    }

    private static bool IsKey(string pem)
    {
        var signer = Signer.FromPem("", pem);
        return signer is not null;
    }
}
