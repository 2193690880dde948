using System.Security.Cryptography.X509Certificates;
using AuthServer.Storage.Keys;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Commands;

/// <summary>
/// <c>certificate FILE</c>: a certificate of the development CA for a proxy that ends TLS on a developer's machine, as
/// <c>docker-compose.yml</c> starts one.
/// </summary>
internal static class ProxyCertificate
{
    /// <summary>
    /// Writes certificate and key (PEM, PKCS#8, as HAProxy reads them) to a file of mode 0600, for the issuer's host
    /// and for localhost. A file that is there is replaced.
    /// </summary>
    /// <exception cref="StartupException">The data directory can't be used, or the issuer can't be read.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(ServerOptions options, string file)
    {
        var host = string.IsNullOrEmpty(options.Issuer)
            ? null
            : options.ReadIssuer()?.Host ?? throw new StartupException("AuthServer__Issuer can't be read.");
        var data = DataDirectory.Open(options.DataDirectory);
        using var certificate =
            data.Use(() => DevelopmentCertificate.Create(data, TimeProvider.System.GetUtcNow(), host));
        using var key = certificate.GetECDsaPrivateKey()!;
        var draft = file + ".new";
        // Never through a link, or into a file that other users may read.
        File.Delete(draft);
        using (var stream = new StreamWriter(PrivateFile.Create(draft)))
        {
            stream.WriteLine(certificate.ExportCertificatePem());
            stream.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(draft, file, overwrite: true);
    }
}
