using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthServer.Storage.Keys;

namespace AuthServer.Web.Startup;

/// <summary>
/// Certificate for the https listener in Development, or for a proxy on the developer's machine, from a private CA that
/// is made once. <c>ca.pem</c> is the file for <c>NODE_EXTRA_CA_CERTS</c>; its key stays in the data directory, mode
/// 0600.
/// </summary>
internal static class DevelopmentCertificate
{
    public const string AuthorityFile = "ca.pem";
    private const string AuthorityKeyFile = "ca.key";

    /// <summary>A certificate for this machine's own names, which is valid for a year, with its key.</summary>
    /// <param name="data">Where the CA is, or is made.</param>
    /// <param name="now">The present time.</param>
    /// <param name="host">Another host name or IP address that the certificate is for.</param>
    public static X509Certificate2 Create(DataDirectory data, DateTimeOffset now, string? host = null)
    {
        using var authority = ReadOrCreateAuthority(data, now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else if (host is not null and not "localhost")
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        using var certificate = request.Create(
            authority, now.AddDays(-1), now.AddDays(365), Guid.CreateVersion7(now).ToByteArray());
        using var withKey = certificate.CopyWithPrivateKey(key);

        // Kestrel needs a key that is not ephemeral on every platform: through PKCS#12 and back.
        return X509CertificateLoader.LoadPkcs12(
            withKey.Export(X509ContentType.Pkcs12), password: null, X509KeyStorageFlags.Exportable);
    }

    private static X509Certificate2 ReadOrCreateAuthority(DataDirectory data, DateTimeOffset now)
    {
        var (certificateFile, keyFile) = (data.File(AuthorityFile), data.File(AuthorityKeyFile));
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=AuthServer development CA", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(
                    certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
            request.CertificateExtensions.Add(
                new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
            request.CertificateExtensions.Add(
                new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
            using var authority = request.CreateSelfSigned(now.AddDays(-2), now.AddYears(10));
            PrivateFile.WriteNew(keyFile, key.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(certificateFile, authority.ExportCertificatePem() + "\n");
        }

        return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
    }
}
