using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace AuthServer.Core.Jose;

internal sealed record PublishedKey(SigningKey Key, RSAParameters Public);

/// <summary>Writes the public keys, RFC 7517 §5 and RFC 7518 §6.3.1. Never a private member.</summary>
internal static class JwkSet
{
    public static byte[] Write(IEnumerable<PublishedKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var (key, parameters) in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty", "RSA");
                json.WriteString("use", "sig");
                json.WriteString("alg", key.Algorithm);
                json.WriteString("kid", key.Kid);
                json.WriteString("n", Base64Url.EncodeToString(parameters.Modulus));
                json.WriteString("e", Base64Url.EncodeToString(parameters.Exponent));
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

    /// <summary>RFC 7517 §4.8 defines x5t over SHA-1; it names the certificate and protects nothing.</summary>
    private static byte[] CertificateThumbprint(byte[] certificate) => SHA1.HashData(certificate);
}
