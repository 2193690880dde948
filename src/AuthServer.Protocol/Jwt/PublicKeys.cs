using System.Text.Json;
using AuthServer.Core;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Protocol.Jwt;

/// <summary>Reads public keys of clients (RFC 7517): RSA of 2048 to 8192 bits, or P-256.</summary>
internal static class PublicKeys
{
    private const int MaxKeys = 20;
    private const int MinRsaSize = 2048;
    private const int MaxRsaSize = 8192;

    /// <returns>Null when the JWK is malformed, too weak, or not for the algorithm.</returns>
    public static SecurityKey? Read(string jwk, string algorithm)
    {
        try
        {
            var key = new JsonWebKey(jwk);
            return Fits(key, algorithm) ? key : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The keys of a JWK set that a token of this header can be signed with; none when the set is malformed.</summary>
    public static IReadOnlyCollection<SecurityKey> OfSet(string json, UnverifiedJwt jwt) =>
        JsonText.Read(json) is { ValueKind: JsonValueKind.Object } set
        && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array && keys.GetArrayLength() <= MaxKeys
            ? [.. keys.EnumerateArray()
                .Where(key => key.ValueKind == JsonValueKind.Object && IsFor(key, jwt))
                .Select(key => Read(key.GetRawText(), jwt.Algorithm)).OfType<SecurityKey>()]
            : [];

    private static bool IsFor(JsonElement key, UnverifiedJwt jwt) =>
        (jwt.KeyId is null || JsonText.Of(key, "kid") == jwt.KeyId)
        && JsonText.Of(key, "use") is null or "sig"
        && (JsonText.Of(key, "alg") ?? jwt.Algorithm) == jwt.Algorithm;

    private static bool Fits(JsonWebKey key, string algorithm) => key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.RSA => algorithm is "RS256" or "RS384" or "PS256" && key.KeySize is >= MinRsaSize and <= MaxRsaSize,
        JsonWebAlgorithmsKeyTypes.EllipticCurve => algorithm == "ES256" && key.Crv == JsonWebKeyECTypes.P256,
        _ => false,
    };
}
