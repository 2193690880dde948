using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthServer.Core.Model;

namespace AuthServer.Core.Jose;

/// <summary>
/// Creates the tenant's keys: RSA 2048, because every SDK verifies RS256 (ASVS 11.2.3 recommends more), and P-256.
/// </summary>
public static class SigningKeyFactory
{
    private const string Subject = "CN=AuthServer token signing";

    public static SigningKey Create(string algorithm, SigningKeyState state, ISecretBox box, DateTimeOffset now)
    {
        using AsymmetricAlgorithm key =
            algorithm == Algorithms.Es256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var request = key is ECDsa elliptic
            ? new CertificateRequest(Subject, elliptic, HashAlgorithmName.SHA256)
            : new CertificateRequest(Subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(13));

        var privateKey = key.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKey
            {
                Kid = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..21],
                Algorithm = algorithm,
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
