using System.Collections.Frozen;
using System.Text.Json;
using AuthServer.Core.Users;

namespace AuthServer.Core.Issuance;

/// <summary>Which claims an Action may set, and how they are written.</summary>
public static class CustomClaims
{
    /// <summary>Bytes of all custom claims of one token, names and values.</summary>
    public const int MaxSize = 100 * 1024;

    private const int MaxName = 1024;

    /// <summary>Claims with a meaning in a protocol. To set one has no effect, as at Auth0.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        "acr", "act", "active", "amr", "at_hash", "ath", "attest", "aud", "auth_time", "authorization_details", "azp",
        "c_hash", "client_id", "cnf", "cty", "dest", "entitlements", "events", "exp", "groups", "gty", "htm", "htu",
        "iat", "internalService", "iss", "jcard", "jku", "jti", "jwe", "jwk", "kid", "may_act", "mky", "nbf", "nonce",
        "object_id", "org_id", "org_name", "orig", "origid", "permissions", "roles", "rph", "s_hash", "scope", "sid",
        "sip_callid", "sip_cseq_num", "sip_date", "sip_from_tag", "sip_via_branch", "sub", "sub_jwk", "toe", "txn",
        "typ", "uuid", "vot", "vtm", "x5t#S256");

    /// <summary>Standard claims that are not in <see cref="UserClaims"/>: OpenID Connect Core §5.1.</summary>
    private static readonly FrozenSet<string> OfProfile = FrozenSet.Create(
        StringComparer.Ordinal, "birthdate", "gender", "locale", "middle_name", "profile", "website", "zoneinfo");

    private static readonly string[] ForeignHosts = ["auth0.com", "webtask.io", "webtask.run"];

    public static bool IsAllowed(string name) =>
        name.Length is > 0 and <= MaxName
        && !Reserved.Contains(name)
        && !name.StartsWith("urn:auth0", StringComparison.OrdinalIgnoreCase)
        && !IsForeign(name);

    /// <summary>
    /// Writes the claims; one of OpenID Connect's only when its scope was granted, or it was requested by name.
    /// </summary>
    public static void Write(
        Utf8JsonWriter json,
        IReadOnlyDictionary<string, JsonElement> claims,
        Scopes scopes,
        IReadOnlyList<string> requested)
    {
        foreach (var (name, value) in claims)
        {
            var isOpen = ScopeOf(name) is not { } scope
                || scopes.Contains(scope)
                || requested.Contains(name, StringComparer.Ordinal);
            if (!isOpen)
                continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static string? ScopeOf(string name) =>
        OfProfile.Contains(name) ? "profile" : UserClaims.ScopeOf.GetValueOrDefault(name);

    private static bool IsForeign(string name) =>
        Uri.TryCreate(name, UriKind.Absolute, out var uri)
        && Array.Exists(ForeignHosts, host => uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            || uri.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
