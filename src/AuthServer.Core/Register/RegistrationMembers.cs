using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;

namespace AuthServer.Core.Register;

/// <summary>A member of a registration request and of its answer.</summary>
/// <param name="Name">Its name in RFC 7591 or OpenID Connect Dynamic Client Registration.</param>
/// <param name="Read">Takes a value over; what is wrong with its kind, or null.</param>
/// <param name="Write">Writes the stored value; null leaves the member out.</param>
public sealed record RegistrationMember(
    string Name, Func<Client, JsonElement, string?> Read, Func<Client, JsonNode?> Write);

/// <summary>
/// Members that a third party may set for its client. A member that is not listed is ignored (RFC 7591 §2), so that a
/// client can't choose an id, a secret, its party or an internal flag (CVE-2026-65635).
/// </summary>
public static class RegistrationMembers
{
    public static readonly RegistrationMember[] All =
    [
        Text("client_name", c => c.Name, (c, v) => c.Name = v),
        Texts("redirect_uris", c => c.Callbacks, (c, v) => c.Callbacks = v),
        Texts("grant_types", c => c.GrantTypes, (c, v) => c.GrantTypes = v),
        Texts(
            "response_types",
            c => c.ResponseTypes,
            (c, v) => c.ResponseTypes = [.. v.Select(ClientVocabulary.InOrder).Distinct(StringComparer.Ordinal)]),
        Text("token_endpoint_auth_method", c => c.TokenEndpointAuthMethod, (c, v) => c.TokenEndpointAuthMethod = v),
        new("application_type", ReadApplicationType, c => c.AppType == AppTypes.Native ? "native" : "web"),
        Text("client_uri", c => c.ClientUri, (c, v) => c.ClientUri = v),
        Text("logo_uri", c => c.LogoUri, (c, v) => c.LogoUri = v),
        Text("policy_uri", c => c.PolicyUri, (c, v) => c.PolicyUri = v),
        Text("tos_uri", c => c.TosUri, (c, v) => c.TosUri = v),
        Texts("contacts", c => c.Contacts, (c, v) => c.Contacts = v),
        new("jwks", ReadJwks, c => c.Jwks is null ? null : JsonNode.Parse(c.Jwks)),
        Text("jwks_uri", c => c.JwksUri, (c, v) => c.JwksUri = v),
        Text("id_token_signed_response_alg", c => c.IdTokenAlgorithm, (c, v) => c.IdTokenAlgorithm = v),
        Text("userinfo_signed_response_alg", c => c.UserInfoAlgorithm, (c, v) => c.UserInfoAlgorithm = v),
        Text("subject_type", c => c.SubjectType, (c, v) => c.SubjectType = v),
        Text("sector_identifier_uri", c => c.SectorIdentifierUri, (c, v) => c.SectorIdentifierUri = v),
        Texts("post_logout_redirect_uris", c => c.AllowedLogoutUrls, (c, v) => c.AllowedLogoutUrls = v),
        Text(
            "backchannel_logout_uri",
            c => c.BackchannelLogoutUrls.FirstOrDefault(),
            (c, v) => c.BackchannelLogoutUrls = [v]),
        Flag(
            "backchannel_logout_session_required",
            c => c.BackchannelLogoutSessionRequired,
            (c, v) => c.BackchannelLogoutSessionRequired = v),
        Text("frontchannel_logout_uri", c => c.FrontchannelLogoutUri, (c, v) => c.FrontchannelLogoutUri = v),
        Flag(
            "frontchannel_logout_session_required",
            c => c.FrontchannelLogoutSessionRequired,
            (c, v) => c.FrontchannelLogoutSessionRequired = v),
        new("default_max_age", ReadMaxAge, c => c.DefaultMaxAge),
        Flag("require_auth_time", c => c.RequireAuthTime, (c, v) => c.RequireAuthTime = v),
        Flag("dpop_bound_access_tokens", c => c.RequireProofOfPossession, (c, v) => c.RequireProofOfPossession = v),
        Flag(
            "require_pushed_authorization_requests",
            c => c.RequirePushedAuthorizationRequests,
            (c, v) => c.RequirePushedAuthorizationRequests = v),
        Flag(
            "require_signed_request_object",
            c => c.RequireSignedRequestObject,
            (c, v) => c.RequireSignedRequestObject = v),
        Text("request_object_signing_alg", c => c.RequestObjectAlgorithm, (c, v) => c.RequestObjectAlgorithm = v),
        Text("initiate_login_uri", c => c.InitiateLoginUri, (c, v) => c.InitiateLoginUri = v),
    ];

    /// <summary>Null is absent, and so is an empty text: some clients send their whole form.</summary>
    public static bool IsAbsent(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static RegistrationMember Text(string name, Func<Client, string?> get, Action<Client, string> set) => new(
        name,
        (client, value) =>
        {
            if (value.ValueKind != JsonValueKind.String)
                return "must be a string";
            set(client, value.GetString()!);
            return null;
        },
        client => get(client));

    private static RegistrationMember Texts(
        string name, Func<Client, IReadOnlyList<string>> get,
        Action<Client, IReadOnlyList<string>> set) =>
        new(
            name,
            (client, value) =>
            {
                if (value.ValueKind != JsonValueKind.Array
                    || value.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.String))
                    return "must be an array of strings";
                set(
                    client,
                    [.. value.EnumerateArray().Select(element => element.GetString()!).Distinct(StringComparer.Ordinal)]
                );
                return null;
            },
            client => get(client) is { Count: > 0 } values ? JsonText.ArrayOf(values) : null);

    /// <summary>An installed application says so; the rest follows from its redirect URIs.</summary>
    private static string? ReadApplicationType(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not ("web" or "native"))
            return "must be web or native";
        client.AppType = value.GetString() == "native" ? AppTypes.Native : null;
        return null;
    }

    private static string? ReadJwks(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return "must be an object";
        client.Jwks = value.GetRawText();
        return null;
    }

    private static string? ReadMaxAge(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var seconds))
            return "must be a whole number of seconds";
        client.DefaultMaxAge = seconds;
        return null;
    }

    private static RegistrationMember Flag(string name, Func<Client, bool> get, Action<Client, bool> set) => new(
        name,
        (client, value) =>
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return "must be a boolean";
            set(client, value.GetBoolean());
            return null;
        },
        client => get(client) ? true : null);
}
