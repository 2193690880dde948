using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthServer.Core.Jose;

/// <summary>Makes the tenant's keys: RSA 2048, because RS256 is what every SDK verifies (security.md A 11.2.3 notes the cost).</summary>
public static class SigningKeyFactory
{
    public static SigningKey Create(SigningKeyState state, ISecretBox box, DateTimeOffset now)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=AuthServer token signing", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(13));

        var privateKey = rsa.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKey
            {
                Kid = Base64Url.EncodeToString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..21],
                Algorithm = "RS256",
                PrivateKeySealed = box.Seal(privateKey, SigningKey.Purpose),
                Certificate = certificate.RawData,
                State = state,
                CreatedAt = now,
                CurrentSince = state == SigningKeyState.Current ? now : null,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }
}
