using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Management.Connections;

/// <summary>
/// The <c>options</c> of an identity provider: what may be said for which kind, and how each is checked. What isn't
/// here is refused: no option is accepted without effect. The secret leaves the options for its sealed place, and is
/// never shown.
/// </summary>
internal sealed class ProviderOptions(ISecretBox box, IHostEnvironment environment)
{
    private const string ClientId = "client_id";
    private const string Issuer = "issuer";
    private const string Secret = "client_secret";
    private const string AppleKey = "app_secret";
    private const string Moved =
        "The provider of a connection can't be changed, because its users are that provider's. Make another connection";

    /// <summary>
    /// Where a provider is. The same subjects at another address would be other people, so an update changes none of
    /// these.
    /// </summary>
    private static readonly string[] Home =
    [
        Issuer, "discovery_url", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint",
        "authorizationURL", "tokenURL", "userInfoURL",
    ];

    private readonly Dictionary<string, Dictionary<string, JsonValidator>> ofKind =
        ProviderOptionKinds.ByStrategy(url => Endpoint(url, environment.IsDevelopment()));

    /// <summary>
    /// Checks the options that <paramref name="connection"/> was just given, and takes the secret out of them.
    /// </summary>
    /// <param name="connection">With its options replaced.</param>
    /// <param name="before">What they were; null at a creation.</param>
    public ValidationError? Settle(Connection connection, string? before)
    {
        if (!ofKind.TryGetValue(connection.Strategy, out var kinds))
            return null;
        var sent = JsonNode.Parse(connection.Options)!.AsObject();
        foreach (var (name, value) in sent.ToArray())
        {
            if (IsUnset(connection, name, value))
            {
                sent.Remove(name);
                continue;
            }

            if (!kinds.TryGetValue(name, out var kind) && !ProviderOptionKinds.OfAll.TryGetValue(name, out kind))
                return ValidationError.Unknown(name).Under("options");
            if (value is not null && !IsAbsentKey(connection, name, value)
                && kind(JsonSerializer.SerializeToElement(value)) is { } reason)
                return new ValidationError(reason, "options." + name);
        }

        return TakeSecret(connection, sent, kinds) ?? Whole(connection, sent, before);
    }

    /// <summary>
    /// Null, an empty text, and the flag of a further scope of a social provider that is off: tools send what Auth0
    /// shows.
    /// </summary>
    private static bool IsUnset(Connection connection, string name, JsonNode? value) =>
        name is not (Secret or AppleKey) && value?.GetValueKind() switch
        {
            null => true,
            JsonValueKind.String => name != ClientId && value.GetValue<string>().Length == 0,
            JsonValueKind.False => MayLackKeys(connection)
                && !ProviderPreset.All[connection.Strategy].ScopeFlags.ContainsKey(name),
            _ => false,
        };

    /// <summary>
    /// Auth0 uses keys of its own at social providers while these are empty. Here the connection signs no user in then.
    /// </summary>
    private static bool MayLackKeys(Connection connection) =>
        connection.Strategy is ProviderPreset.Google or ProviderPreset.GitHub or ProviderPreset.Microsoft;

    private static bool IsAbsentKey(Connection connection, string name, JsonNode? value) =>
        name is ClientId or Secret && MayLackKeys(connection) && value is JsonValue text
        && text.TryGetValue<string>(out var key) && key.Length == 0;

    private ValidationError? TakeSecret(Connection connection, JsonObject sent, Dictionary<string, JsonValidator> kinds)
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
        var lacksKeys = MayLackKeys(connection) && !HasClientId(sent);
        return connection.SecretSealed is null && !lacksKeys ? ValidationError.Missing(name).Under("options") : null;
    }

    private static ValidationError? Whole(Connection connection, JsonObject sent, string? before)
    {
        string[] required = connection.Strategy switch
        {
            ProviderPreset.OAuth2 => ["authorizationURL", "tokenURL", "userInfoURL"],
            ProviderPreset.Apple => ["team_id", "kid"],
            ProviderPreset.Oidc when !sent.ContainsKey("discovery_url") => [Issuer],
            _ => [],
        };
        if (connection.HasKeys && !HasClientId(sent))
            return ValidationError.Missing(ClientId).Under("options");
        if (Array.Find(required, name => !sent.ContainsKey(name)) is { } missing)
            return ValidationError.Missing(missing).Under("options");
        if (before is null)
            return null;

        var known = JsonNode.Parse(before)!.AsObject();
        if (Array.Find(Home, name => !JsonNode.DeepEquals(known[name], sent[name])) is { } moved)
            return new ValidationError(Moved, "options." + moved);
        return JsonNode.DeepEquals(SubjectFieldOf(known), SubjectFieldOf(sent))
            ? null
            : new ValidationError(Moved, "options.fieldsMap.user_id");
    }

    /// <summary>Another field of the same profiles would make other people of them.</summary>
    private static JsonNode? SubjectFieldOf(JsonObject options) => options["fieldsMap"]?["user_id"];

    private static bool HasClientId(JsonObject sent) => sent[ClientId]?.GetValue<string>() is { Length: > 0 };

    /// <summary>
    /// Where this server or the browser will be sent: https, and no address of a neighbour. Names are looked up at each
    /// request.
    /// </summary>
    private static string? Endpoint(JsonElement value, bool isDevelopment)
    {
        if (JsonValidators.Text(value) is { } mistyped)
            return mistyped;
        var text = value.GetString()!;
        if (ClientUris.WebWithoutFragment(text) is { } unfit)
            return unfit;
        var uri = new Uri(text);
        if (uri.Scheme != Uri.UriSchemeHttps && !isDevelopment)
            return "must be https";
        return
            IPAddress.TryParse(uri.IdnHost, out var address)
            && !PublicAddressFilter.IsPublic(address)
            && !(isDevelopment && IPAddress.IsLoopback(address))
            ? "must not be an address of a private network"
            : null;
    }
}
