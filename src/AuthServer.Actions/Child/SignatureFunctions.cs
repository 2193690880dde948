using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthServer.Actions.Child;

/// <summary>
/// Functions of the host for keys, signatures and derived keys of one Action. Each takes long for a call, so that their
/// number is bounded and the time of the processor is checked after each.
/// </summary>
internal sealed class SignatureFunctions(CpuConstraint cpu)
{
    private const int MaxOperations = 100;
    private const int MaxData = 1 << 20;
    private readonly DerivedKeys derivedKeys = new(cpu);
    private int operations;

    /// <param name="operation">Its name.</param>
    /// <param name="scheme">
    /// Kind of the key, the hash and the form of the signature, or the parameters of a derived key.
    /// </param>
    /// <param name="key">PEM, or a JWK.</param>
    /// <param name="data">What is signed; bytes are characters below 256.</param>
    /// <param name="signature">The signature that is verified.</param>
    /// <exception cref="HostException">The arguments can't be used; the Action may catch it.</exception>
    public string? Call(string operation, string scheme, string key, string? data, string? signature)
    {
        if (++operations > MaxOperations)
            throw new HostException($"An Action may use keys {MaxOperations} times");
        try
        {
            var answer = operation switch
            {
                "key" => Describe(scheme, key),
                "sign" => ToText(Sign(scheme, key, ToBytes(data))),
                "pbkdf2" => ToText(DerivedKeys.WithPbkdf2(scheme, ToBytes(key), ToBytes(data))),
                "scrypt" => ToText(derivedKeys.WithScrypt(scheme, ToBytes(key), ToBytes(data))),
                "verify" => Verify(scheme, key, ToBytes(data), ToBytes(signature)) ? "" : null,
                _ => throw new HostException($"Unknown operation {operation}"),
            };
            cpu.CheckNow();
            return answer;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException
            or AsnContentException)
        {
            throw new HostException("The key can't be used");
        }
    }

    private static string Describe(string kind, string text)
    {
        var isPrivate = kind == "private";
        using var key = kind == "jwk" ? SignatureKey.ReadJwk(text) : SignatureKey.Read(text, isPrivate);
        return new JsonObject
        {
            ["kind"] = key.Algorithm is RSA ? "rsa" : "ec",
            ["details"] = key.Curve is { } curve
                ? new JsonObject { ["namedCurve"] = curve }
                : new JsonObject { ["modulusLength"] = key.Algorithm.KeySize },
            ["pem"] = key.Export(isPrivate),
        }.ToJsonString();
    }

    private static byte[] Sign(string scheme, string text, byte[] data)
    {
        using var key = SignatureKey.Read(text, isPrivate: true);
        var (hash, form) = Parse(scheme, key);
        return key.Algorithm is RSA rsa
            ? rsa.SignData(data, hash, PaddingOf(form))
            : ((ECDsa)key.Algorithm).SignData(data, hash, FormatOf(form));
    }

    private static bool Verify(string scheme, string text, byte[] data, byte[] signature)
    {
        using var key = SignatureKey.Read(text, isPrivate: false);
        var (hash, form) = Parse(scheme, key);
        return key.Algorithm is RSA rsa
            ? rsa.VerifyData(data, signature, hash, PaddingOf(form))
            : ((ECDsa)key.Algorithm).VerifyData(data, signature, hash, FormatOf(form));
    }

    private static (HashAlgorithmName Hash, string Form) Parse(string scheme, SignatureKey key)
    {
        var parts = scheme.Split('/');
        HashAlgorithmName hash = parts[0] switch
        {
            "sha256" => HashAlgorithmName.SHA256,
            "sha384" => HashAlgorithmName.SHA384,
            "sha512" => HashAlgorithmName.SHA512,
            _ => throw new HostException("A signature needs sha256, sha384 or sha512"),
        };
        return (hash, key.Algorithm is RSA ? parts[1] : parts[2]);
    }

    /// <summary>The salt of PSS is as long as the hash, as in RFC 7518 §3.5.</summary>
    private static RSASignaturePadding PaddingOf(string form) => form switch
    {
        "pkcs1" => RSASignaturePadding.Pkcs1,
        "pss" => RSASignaturePadding.Pss,
        _ => throw new HostException("The padding of the signature is not supported"),
    };

    private static DSASignatureFormat FormatOf(string form) => form switch
    {
        "der" => DSASignatureFormat.Rfc3279DerSequence,
        "ieee-p1363" => DSASignatureFormat.IeeeP1363FixedFieldConcatenation,
        _ => throw new HostException("The encoding of the signature is not supported"),
    };

    private static string ToText(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] ToBytes(string? text) => text is { Length: <= MaxData }
        ? Encoding.Latin1.GetBytes(text)
        : throw new HostException("The argument is missing or too long");
}
