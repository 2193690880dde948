using System.Text.Json;
using AuthServer.Core.Jose;

namespace AuthServer.Core.Clients;

/// <summary>A client's own JWK set, RFC 7517 §5: its <c>jwks</c>, or what lies at its <c>jwks_uri</c>.</summary>
public static class ClientKeySet
{
    private const int MostKeys = 20;

    /// <summary>What is wrong with it; null when it can be registered.</summary>
    public static string? Problem(string json)
    {
        if (Keys(json) is not { } keys)
            return "must be an object with an array of at most 20 keys";
        if (keys.Any(PublicJwk.HasPrivateMember))
            return "must have public keys alone";
        return keys.TrueForAll(key => Algorithms.Verified.Any(algorithm => PublicJwk.Read(key.GetRawText(), algorithm) is not null))
            ? null
            : "must have RSA keys of at least 2048 bits or P-256 keys";
    }

    /// <summary>The keys that an assertion of this header may be signed with; none when the set is malformed.</summary>
    public static IEnumerable<VerificationKey?> Candidates(string json, UnverifiedJws jws) =>
        Keys(json) is { } keys && Algorithms.Verified.Contains(jws.Algorithm)
            ? keys.Where(key => (jws.Kid is null || JsonText.Of(key, "kid") == jws.Kid) && JsonText.Of(key, "use") is null or "sig" && (JsonText.Of(key, "alg") ?? jws.Algorithm) == jws.Algorithm)
                .Select(key => PublicJwk.Read(key.GetRawText(), jws.Algorithm))
            : [];

    private static List<JsonElement>? Keys(string json) =>
        JsonText.Read(json) is { ValueKind: JsonValueKind.Object } set
        && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array && keys.GetArrayLength() <= MostKeys
        && keys.EnumerateArray().All(key => key.ValueKind == JsonValueKind.Object)
            ? [.. keys.EnumerateArray()]
            : null;
}
