using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthServer.Core.Model;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Jwt;

/// <summary>Converts public keys from PEM (RFC 7468) and from certificates to JWKs.</summary>
public static class X509PublicKeys
{
    /// <param name="pem">A <c>PUBLIC KEY</c>, <c>RSA PUBLIC KEY</c> or <c>CERTIFICATE</c>.</param>
    /// <param name="algorithm">Algorithm that the key verifies, RFC 7518.</param>
    /// <returns>Null when it is malformed, a private key, too weak, or not for the algorithm.</returns>
    public static JsonWebKey? FromPem(string pem, string algorithm)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return null;

        try
        {
            if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                return FromCertificate(certificate, algorithm);
            }

            using AsymmetricAlgorithm key = algorithm == Algorithms.Es256 ? ECDsa.Create() : RSA.Create();
            key.ImportFromPem(pem);
            return Convert(key, algorithm);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <returns>Null when the key of the certificate is too weak, or not for the algorithm.</returns>
    public static JsonWebKey? FromCertificate(X509Certificate2 certificate, string algorithm)
    {
        using var key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
        return Convert(key, algorithm);
    }

    /// <summary>Reads the result again, because it refers to <paramref name="key"/>, which is disposed.</summary>
    private static JsonWebKey? Convert(AsymmetricAlgorithm? key, string algorithm)
    {
        var converted = key switch
        {
            RSA rsa => JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false))),
            ECDsa { KeySize: 256 } ec => JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ec)),
            _ => null,
        };
        return converted is null ? null : PublicKeys.Read(PublicKeys.Write(converted), algorithm);
    }
}
