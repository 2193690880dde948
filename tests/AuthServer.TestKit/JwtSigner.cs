using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Jwt;

namespace AuthServer.TestKit;

/// <summary>A client's key pair, which signs any header and claims of a test, in JSON, valid or not.</summary>
public sealed class JwtSigner(string algorithm = "ES256", int rsaBits = 2048) : IDisposable
{
    private readonly AsymmetricAlgorithm key =
        algorithm == "ES256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(rsaBits);

    public string Algorithm { get; } = algorithm;

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The public key, RFC 7517.</summary>
    public string Jwk => PublicKeys.Write(X509PublicKeys.FromPem(PublicPem, Algorithm)!);

    /// <summary>RFC 7638.</summary>
    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));

    /// <summary>The private key's own member, for tests that show it by mistake.</summary>
    public string PrivateMember => Base64Url.EncodeToString(key switch
    {
        ECDsa ec => ec.ExportParameters(true).D!,
        RSA rsa => rsa.ExportParameters(true).D!,
        _ => throw new NotSupportedException(),
    });

    /// <param name="header">JSON.</param>
    /// <param name="claims">Names to JSON; null drops one.</param>
    public string Sign(string header, IEnumerable<KeyValuePair<string, string?>> claims)
    {
        var payload =
            "{"
            + string.Join(
                ',', claims.Where(c => c.Value is not null).Select(c => $"{JsonSerializer.Serialize(c.Key)}:{c.Value}"))
            + "}";
        var input =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))
            + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return input + "." + Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(input)));
    }

    /// <summary>
    /// Assertion that a client authenticates with, RFC 7523 §3; claims are replaced, or dropped when null.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="issuer">The server.</param>
    /// <param name="now">When it is issued; it expires a minute later.</param>
    /// <param name="header">JSON; the usual one when null.</param>
    /// <param name="changes">Names to JSON.</param>
    public string Assertion(
        string clientId,
        string issuer,
        DateTimeOffset now,
        string? header = null,
        params (string Claim, string? Value)[] changes)
    {
        var claims = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["iss"] = $"\"{clientId}\"",
            ["sub"] = $"\"{clientId}\"",
            ["aud"] = $"\"{issuer}\"",
            ["jti"] = $"\"{OpaqueToken.Alphanumeric(20)}\"",
            ["iat"] = $"{now.ToUnixTimeSeconds()}",
            ["exp"] = $"{now.ToUnixTimeSeconds() + 60}",
        };
        foreach (var (claim, value) in changes)
            claims[claim] = value;
        return Sign(header ?? $$"""{"alg":"{{Algorithm}}"}""", claims);
    }

    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] input) => (Algorithm, key) switch
    {
        ("PS256", RSA rsa) => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ("RS384", RSA rsa) => rsa.SignData(input, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        (_, RSA rsa) => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        (_, ECDsa ec) => ec.SignData(input, HashAlgorithmName.SHA256),
        _ => throw new NotSupportedException(),
    };
}
