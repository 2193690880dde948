using System.Buffers.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Jwt;

/// <summary>
/// Reads public keys of other parties (RFC 7517): RSA of 2048 to 8192 bits, or P-256. Only the members that make up the
/// key are copied: Microsoft.IdentityModel would prefer a certificate in <c>x5c</c> to the key beside it.
/// </summary>
public static class PublicKeys
{
    private const int MaxKeys = 20;
    private const int MinRsaSize = 2048;
    private const int MaxRsaSize = 8192;
    private const int MaxEmbeddedRsaSize = 4096;
    private const int CoordinateLength = 32;
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <returns>Null when the JWK is malformed, too weak, or not for the algorithm.</returns>
    public static JsonWebKey? Read(string jwk, string algorithm) =>
        JsonText.Read(jwk) is { } json ? Read(json, algorithm) : null;

    /// <inheritdoc cref="Read(string, string)"/>
    public static JsonWebKey? Read(JsonElement jwk, string algorithm) =>
        Parse(jwk) is { } key && Fits(key, algorithm) ? key : null;

    /// <summary>The keys of a JWK set that fit the header of a token; none when the set is malformed.</summary>
    public static IReadOnlyCollection<SecurityKey> OfSet(string json, UnverifiedJwt jwt) =>
        [
            .. (ParseSet(json) ?? [])
                .Where(key => IsFor(key, jwt))
                .Select(key => Read(key, jwt.Algorithm))
                .OfType<SecurityKey>(),
        ];

    /// <summary>
    /// The key in the header of a token, for DPoP only (RFC 9449 §4.2): in every other token it would be the attacker's
    /// choice. At most 4096 bits, because anyone can have such a token verified.
    /// </summary>
    /// <returns>Null when there is none, it has a private member, or it does not fit the header's algorithm.</returns>
    public static JsonWebKey? Embedded(UnverifiedJwt jwt) =>
        jwt.Header.TryGetProperty("jwk", out var jwk) && !HasPrivateMember(jwk)
        && Read(jwk, jwt.Algorithm) is { KeySize: <= MaxEmbeddedRsaSize } key
            ? key
            : null;

    /// <summary>Whether it shows a private key or a shared secret (RFC 7518 §6).</summary>
    public static bool HasPrivateMember(JsonElement jwk) =>
        jwk.ValueKind == JsonValueKind.Object
        && Array.Exists(PrivateMembers, member => jwk.TryGetProperty(member, out _));

    /// <summary>The members that RFC 7638 §3.2 requires, as JSON.</summary>
    public static string Write(JsonWebKey key) => key.Kty == "RSA"
        ? $$"""{"e":"{{key.E}}","kty":"RSA","n":"{{key.N}}"}"""
        : $$"""{"crv":"{{key.Crv}}","kty":"EC","x":"{{key.X}}","y":"{{key.Y}}"}""";

    /// <summary>RFC 7638, with SHA-256.</summary>
    public static string ThumbprintOf(JsonWebKey key) => Base64Url.EncodeToString(key.ComputeJwkThumbprint());

    /// <returns>Null for anything that is not a set of at most 20 objects.</returns>
    internal static IReadOnlyList<JsonElement>? ParseSet(string json) =>
        JsonText.Read(json) is { ValueKind: JsonValueKind.Object } set
        && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
        && keys.GetArrayLength() <= MaxKeys
        && keys.EnumerateArray().All(key => key.ValueKind == JsonValueKind.Object)
            ? [.. keys.EnumerateArray()]
            : null;

    private static bool IsFor(JsonElement key, UnverifiedJwt jwt) =>
        (jwt.KeyId is null || JsonText.Of(key, "kid") == jwt.KeyId)
        && JsonText.Of(key, "use") is null or "sig"
        && (JsonText.Of(key, "alg") ?? jwt.Algorithm) == jwt.Algorithm;

    private static bool Fits(JsonWebKey key, string algorithm) => key.Kty switch
    {
        "RSA" => Algorithms.IsRsa(algorithm) && key.KeySize is >= MinRsaSize and <= MaxRsaSize,
        "EC" => algorithm == Algorithms.Es256,
        _ => false,
    };

    private static JsonWebKey? Parse(JsonElement jwk) => (JsonText.Of(jwk, "kty"), JsonText.Of(jwk, "crv")) switch
    {
        ("RSA", _) when Integer(jwk, "n") is { } n && Integer(jwk, "e") is { } e =>
            new JsonWebKey { Kty = "RSA", N = n, E = e },
        ("EC", "P-256") when Coordinate(jwk, "x") is { } x && Coordinate(jwk, "y") is { } y =>
            new JsonWebKey { Kty = "EC", Crv = "P-256", X = x, Y = y },
        _ => null,
    };

    /// <summary>Without leading zeros, so that a key has one size and one thumbprint (RFC 7518 §6.3.1).</summary>
    private static string? Integer(JsonElement jwk, string member) =>
        Decode(jwk, member) is { } octets && octets.AsSpan().TrimStart((byte)0) is { Length: > 0 } digits
            ? Base64Url.EncodeToString(digits)
            : null;

    /// <summary>Of full length (RFC 7518 §6.2.1.2).</summary>
    private static string? Coordinate(JsonElement jwk, string member) =>
        Decode(jwk, member) is { Length: CoordinateLength } octets ? Base64Url.EncodeToString(octets) : null;

    private static byte[]? Decode(JsonElement jwk, string member)
    {
        try
        {
            return JsonText.Of(jwk, member) is { } text ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
