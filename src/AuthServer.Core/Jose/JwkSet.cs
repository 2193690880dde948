using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace AuthServer.Core.Jose;

internal sealed record PublishedKey(SigningKey Key, AsymmetricAlgorithm Public);

/// <summary>Writes the public keys, RFC 7517 §5 and RFC 7518 §6.2.1 and §6.3.1. Never a private member.</summary>
internal static class JwkSet
{
    public static byte[] Write(IEnumerable<PublishedKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var (key, publicKey) in keys)
            {
                json.WriteStartObject();
                json.WriteString("use", "sig");
                json.WriteString("alg", key.Algorithm);
                json.WriteString("kid", key.Kid);
                WriteParameters(json, publicKey);
                json.WriteString("x5t", Base64Url.EncodeToString(CertificateThumbprint(key.Certificate)));
                json.WriteStartArray("x5c");
                json.WriteStringValue(Convert.ToBase64String(key.Certificate));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteParameters(Utf8JsonWriter json, AsymmetricAlgorithm key)
    {
        if (key is ECDsa elliptic)
        {
            var point = elliptic.ExportParameters(includePrivateParameters: false).Q;
            json.WriteString("kty", "EC");
            json.WriteString("crv", "P-256");
            json.WriteString("x", Base64Url.EncodeToString(point.X));
            json.WriteString("y", Base64Url.EncodeToString(point.Y));
            return;
        }

        var rsa = ((RSA)key).ExportParameters(includePrivateParameters: false);
        json.WriteString("kty", "RSA");
        json.WriteString("n", Base64Url.EncodeToString(rsa.Modulus));
        json.WriteString("e", Base64Url.EncodeToString(rsa.Exponent));
    }

    /// <summary>RFC 7517 §4.8 defines x5t over SHA-1; it names the certificate and protects nothing.</summary>
    private static byte[] CertificateThumbprint(byte[] certificate) => SHA1.HashData(certificate);
}
