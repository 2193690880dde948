using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AuthServer.Core.Jose;

/// <summary>JWS compact serialization, RFC 7515 §7.1: writing ours, and reading other people's with suspicion.</summary>
public static class Jws
{
    /// <summary>Longer inputs are refused before anything is decoded (CVE-2025-61920).</summary>
    public const int Longest = 16 * 1024;

    /// <summary>The decoder overlooks white space and padding, which would give one token many spellings.</summary>
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <param name="signer">The key.</param>
    /// <param name="type">The header's <c>typ</c>: <c>JWT</c>, <c>at+jwt</c>.</param>
    /// <param name="payload">A JSON object, UTF-8.</param>
    public static string Sign(ISigner signer, string type, ReadOnlySpan<byte> payload)
    {
        var kid = signer.Kid is null ? "" : $",\"kid\":\"{signer.Kid}\"";
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"{{signer.Algorithm}}","typ":"{{type}}"{{kid}}}""");
        var input = new byte[Base64Url.GetEncodedLength(header.Length) + 1 + Base64Url.GetEncodedLength(payload.Length)];
        var length = Base64Url.EncodeToUtf8(header, input);
        input[length++] = (byte)'.';
        length += Base64Url.EncodeToUtf8(payload, input.AsSpan(length));

        var signature = signer.Sign(input.AsSpan(0, length));
        return string.Concat(Encoding.ASCII.GetString(input, 0, length), ".", Base64Url.EncodeToString(signature));
    }

    /// <summary>Takes a JWS apart. Nothing in the result may be believed before <see cref="UnverifiedJws.Verify"/>.</summary>
    /// <returns>Null for anything that is not three base64url segments of JSON, has a <c>crit</c> or <c>b64</c> header, or is too long.</returns>
    public static UnverifiedJws? Read(string compact)
    {
        if (compact.Length > Longest || compact.AsSpan().ContainsAnyExcept(Alphabet))
            return null;
        var first = compact.IndexOf('.', StringComparison.Ordinal);
        var last = compact.LastIndexOf('.');
        if (first <= 0 || last == first || compact.IndexOf('.', first + 1) != last || last == compact.Length - 1)
            return null;

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(compact.AsSpan(0, first)));
            var root = header.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("crit", out _) || root.TryGetProperty("b64", out _) || !JsonText.IsReadable(root))
                return null;
            if (JsonText.Of(root, "alg") is not { } algorithm)
                return null;

            var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(compact.AsSpan(first + 1, last - first - 1))).RootElement;
            if (payload.ValueKind != JsonValueKind.Object || !JsonText.IsReadable(payload))
                return null;

            return new UnverifiedJws(
                algorithm,
                JsonText.Of(root, "kid"),
                JsonText.Of(root, "typ"),
                payload,
                Encoding.ASCII.GetBytes(compact, 0, last),
                Base64Url.DecodeFromChars(compact.AsSpan(last + 1)));
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A JWS taken apart. Keys that its header brings along (<c>jwk</c>, <c>jku</c>, <c>x5u</c>, <c>x5c</c>) are not even read.</summary>
public sealed class UnverifiedJws(string algorithm, string? kid, string? type, JsonElement payload, byte[] signingInput, byte[] signature)
{
    public string Algorithm { get; } = algorithm;

    public string? Kid { get; } = kid;

    public string? Type { get; } = type;

    /// <summary>What the token claims about itself, not yet verified: enough to look up whose key it must be.</summary>
    public JsonElement Unverified { get; } = payload;

    /// <returns>The claims, when <paramref name="key"/> is of the header's algorithm and the signature is right; else null.</returns>
    public JwtClaims? Verify(VerificationKey? key) =>
        key is not null && key.Algorithm == Algorithm && key.Verify(signingInput, signature) ? new JwtClaims(Unverified) : null;

    /// <summary>For who knows from elsewhere that it must be HS256 under this secret.</summary>
    public JwtClaims? VerifyMac(SymmetricSigner signer) =>
        Algorithm == signer.Algorithm && CryptographicOperations.FixedTimeEquals(signer.Sign(signingInput), signature) ? new JwtClaims(Unverified) : null;
}
