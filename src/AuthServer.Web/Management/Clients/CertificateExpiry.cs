using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthServer.Web.Management.Clients;

internal static class CertificateExpiry
{
    /// <summary>When the certificate ends; null for a bare public key.</summary>
    public static DateTimeOffset? Of(string pem)
    {
        if (!pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            return null;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
