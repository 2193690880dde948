using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace AuthServer.Core.Jose;

/// <summary>Reads a client's public key: RSA of 2048 to 8192 bits, or P-256.</summary>
public static class PublicJwk
{
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 8192;
    private const int LargestEmbeddedRsa = 4096;
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <param name="pem">A <c>PUBLIC KEY</c>, <c>RSA PUBLIC KEY</c> or <c>CERTIFICATE</c>, RFC 7468.</param>
    /// <returns>The JWK and its RFC 7638 thumbprint; null when <paramref name="pem"/> is none, or too weak for <paramref name="algorithm"/>.</returns>
    public static (string Jwk, string Thumbprint)? FromPem(string pem, string algorithm)
    {
        try
        {
            using var key = ReadPem(pem, algorithm);
            return key is null ? null : Write(key);
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <returns>The key, ready to verify; null when it is malformed, too weak, or not for <paramref name="algorithm"/>.</returns>
    public static VerificationKey? Read(string jwk, string algorithm)
    {
        try
        {
            using var document = JsonDocument.Parse(jwk);
            var root = document.RootElement;
            var key = Import(root);
            if (key is null)
                return null;
            if (!Fits(key, algorithm))
            {
                key.Dispose();
                return null;
            }

            return new VerificationKey(algorithm, key);
        }
        catch (Exception malformed) when (malformed is CryptographicException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The key that a JWS brings along in its header; only who expects just that asks for it (DPoP, RFC 9449 §4.2). At most 4096 bits,
    /// because a stranger has it verified.
    /// </summary>
    /// <returns>Null when there is none, it has a private member, or it is not for <paramref name="algorithm"/>.</returns>
    public static (VerificationKey Key, string Thumbprint)? ReadEmbedded(string compact, string algorithm)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(compact.AsSpan(0, compact.IndexOf('.', StringComparison.Ordinal))));
            if (!header.RootElement.TryGetProperty("jwk", out var jwk) || jwk.ValueKind != JsonValueKind.Object || HasPrivateMember(jwk) || Import(jwk) is not { } key)
                return null;
            if (Fits(key, algorithm) && key.KeySize <= LargestEmbeddedRsa)
                return (new VerificationKey(algorithm, key), Write(key).Thumbprint);
            key.Dispose();
            return null;
        }
        catch (Exception malformed) when (malformed is CryptographicException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>RFC 7518 §6: who sends one of these shows a private key, or a shared secret.</summary>
    public static bool HasPrivateMember(JsonElement jwk) => Array.Exists(PrivateMembers, member => jwk.TryGetProperty(member, out _));

    private static AsymmetricAlgorithm? Import(JsonElement jwk) => Text(jwk, "kty") switch
    {
        "RSA" when Text(jwk, "n") is { } n && Text(jwk, "e") is { } e =>
            RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(n), Exponent = Base64Url.DecodeFromChars(e) }),
        "EC" when Text(jwk, "crv") == "P-256" && Text(jwk, "x") is { } x && Text(jwk, "y") is { } y =>
            ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
            }),
        _ => null,
    };

    private static string? Text(JsonElement jwk, string member) =>
        jwk.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static AsymmetricAlgorithm? ReadPem(string pem, string algorithm)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return null;

        AsymmetricAlgorithm? key;
        if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
        }
        else
        {
            key = algorithm == "ES256" ? ECDsa.Create() : RSA.Create();
            key.ImportFromPem(pem);
        }

        if (key is not null && Fits(key, algorithm))
            return key;
        key?.Dispose();
        return null;
    }

    private static bool Fits(AsymmetricAlgorithm key, string algorithm) => key switch
    {
        RSA rsa => algorithm is "RS256" or "RS384" or "PS256" && rsa.KeySize is >= SmallestRsa and <= LargestRsa,
        ECDsa ec => algorithm == "ES256" && ec.KeySize == 256,
        _ => false,
    };

    /// <summary>The required members in lexicographic order are both the JWK and what RFC 7638 §3 hashes.</summary>
    private static (string Jwk, string Thumbprint) Write(AsymmetricAlgorithm key)
    {
        var jwk = key switch
        {
            RSA rsa when rsa.ExportParameters(false) is var p =>
                $$"""{"e":"{{Base64Url.EncodeToString(p.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(p.Modulus)}}"}""",
            ECDsa ec when ec.ExportParameters(false) is var p =>
                $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(p.Q.X)}}","y":"{{Base64Url.EncodeToString(p.Q.Y)}}"}""",
            _ => throw new ArgumentException("Neither RSA nor EC.", nameof(key)),
        };
        return (jwk, Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(jwk))));
    }
}
