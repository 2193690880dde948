using System.Buffers.Text;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Actions.Child;

/// <summary>
/// An RSA or elliptic-curve key of an Action, whose size is bounded: its operations can't be interrupted.
/// </summary>
internal sealed record SignatureKey(AsymmetricAlgorithm Algorithm, bool IsPrivate) : IDisposable
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 4096;
    private const int MaxExponentBytes = 8;
    private const int MaxText = 16 * 1024;
    private const string RsaId = "1.2.840.113549.1.1.1";
    private const string EllipticId = "1.2.840.10045.2.1";

    /// <summary>By the object identifier, the names of Node.js.</summary>
    private static readonly Dictionary<string, string> Curves = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.3.1.7"] = "prime256v1",
        ["1.3.132.0.34"] = "secp384r1",
        ["1.3.132.0.35"] = "secp521r1",
    };

    /// <summary>RFC 7518 §6.2.1.1.</summary>
    private static readonly Dictionary<string, ECCurve> JwkCurves = new(StringComparer.Ordinal)
    {
        ["P-256"] = ECCurve.NamedCurves.nistP256,
        ["P-384"] = ECCurve.NamedCurves.nistP384,
        ["P-521"] = ECCurve.NamedCurves.nistP521,
    };

    /// <summary>Name of the curve; null for RSA.</summary>
    public string? Curve =>
        Algorithm is ECDsa elliptic ? Curves.GetValueOrDefault(CurveIdOf(elliptic)) : null;

    /// <exception cref="HostException">There is no such key in the text, or it is not within the bounds.</exception>
    public static SignatureKey Read(string text, bool isPrivate)
    {
        Bound(text);
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            if (label == "ENCRYPTED PRIVATE KEY")
                throw new HostException("Encrypted keys are not supported");
            if (Import(label, der) is { } key && (key.IsPrivate || !isPrivate))
                return key.Checked();
            rest = rest[fields.Location.End..];
        }

        throw new HostException(isPrivate ? "The key is not a private key in PEM" : "The key is not a key in PEM");
    }

    /// <summary>The public key of a JWK (RFC 7517).</summary>
    public static SignatureKey ReadJwk(string json)
    {
        Bound(json);
        var jwk = JsonText.Read(json) ?? throw new HostException("The key is not a JWK");
        AsymmetricAlgorithm key = JsonText.Of(jwk, "kty") switch
        {
            "RSA" => RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") }),
            "EC" when JwkCurves.TryGetValue(JsonText.Of(jwk, "crv") ?? "", out var curve) => ECDsa.Create(
                new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } }),
            _ => throw new HostException("The key must be an RSA key, or one of P-256, P-384 or P-521"),
        };
        return new SignatureKey(key, IsPrivate: false).Checked();
    }

    public string Export(bool isPrivate) =>
        isPrivate ? Algorithm.ExportPkcs8PrivateKeyPem() : Algorithm.ExportSubjectPublicKeyInfoPem();

    public void Dispose() => Algorithm.Dispose();

    private static void Bound(string text)
    {
        if (text.Length > MaxText)
            throw new HostException("The key is too long");
    }

    private static byte[] Bytes(JsonElement jwk, string member) =>
        Base64Url.DecodeFromChars(JsonText.Of(jwk, member) ?? throw new HostException($"The key has no {member}"));

    /// <returns>Null for a block that is not a key, such as the parameters before one.</returns>
    private static SignatureKey? Import(string label, byte[] der) => label switch
    {
        "PRIVATE KEY" => Create(
            AlgorithmIdOf(der, hasVersion: true), true, key => key.ImportPkcs8PrivateKey(der, out _)),
        "RSA PRIVATE KEY" => Create(RsaId, true, key => ((RSA)key).ImportRSAPrivateKey(der, out _)),
        "EC PRIVATE KEY" => Create(EllipticId, true, key => ((ECDsa)key).ImportECPrivateKey(der, out _)),
        "PUBLIC KEY" => Create(
            AlgorithmIdOf(der, hasVersion: false), false, key => key.ImportSubjectPublicKeyInfo(der, out _)),
        "RSA PUBLIC KEY" => Create(RsaId, false, key => ((RSA)key).ImportRSAPublicKey(der, out _)),
        "CERTIFICATE" => Import("PUBLIC KEY", PublicKeyOf(der)),
        _ => null,
    };

    private static SignatureKey Create(string algorithm, bool isPrivate, Action<AsymmetricAlgorithm> import)
    {
        AsymmetricAlgorithm key = algorithm switch
        {
            RsaId => RSA.Create(),
            EllipticId => ECDsa.Create(),
            _ => throw new HostException("The key must be an RSA or elliptic-curve key"),
        };
        import(key);
        return new SignatureKey(key, isPrivate);
    }

    private static byte[] PublicKeyOf(byte[] certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        return parsed.PublicKey.ExportSubjectPublicKeyInfo();
    }

    /// <summary>RFC 5208 §5 with a version, RFC 5280 §4.1 without.</summary>
    private static string AlgorithmIdOf(byte[] der, bool hasVersion)
    {
        var body = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (hasVersion)
            body.ReadInteger();
        return body.ReadSequence().ReadObjectIdentifier();
    }

    private static string CurveIdOf(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: { } id } ? id : "";

    private SignatureKey Checked()
    {
        if (Algorithm is not RSA rsa)
            return Curve is null ? throw new HostException("The curve must be P-256, P-384 or P-521") : this;
        if (rsa.KeySize is < MinRsaBits or > MaxRsaBits)
            throw new HostException($"An RSA key must have {MinRsaBits} to {MaxRsaBits} bits");
        return rsa.ExportParameters(includePrivateParameters: false).Exponent!.Length > MaxExponentBytes
            ? throw new HostException("The exponent of the RSA key is too large")
            : this;
    }
}
