using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Management.Keys;

/// <summary>
/// A signing key on the wire: its certificate and its place in the rotation, never the private half. Ours are
/// <c>alg</c>, because there is a rotation for each, and <c>created_at</c>.
/// </summary>
internal static class SigningKeyModel
{
    public static JsonObject Write(SigningKey key)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
        var thumbprint = certificate.Thumbprint;
        var json = new JsonObject
        {
            ["kid"] = key.Kid,
            ["alg"] = key.Algorithm,
            ["cert"] = certificate.ExportCertificatePem(),
            ["pkcs7"] = Pkcs7(certificate),
            ["current"] = key.State == SigningKeyState.Current,
            ["next"] = key.State == SigningKeyState.Next,
            ["previous"] = key.State == SigningKeyState.Previous,
            ["fingerprint"] = string.Join(':', thumbprint.Chunk(2).Select(pair => new string(pair))),
            ["thumbprint"] = thumbprint,
            ["revoked"] = key.State == SigningKeyState.Revoked,
        };
        Add(json, "created_at", key.CreatedAt);
        Add(json, "current_since", key.CurrentSince);
        Add(json, "current_until", key.CurrentUntil);
        Add(json, "revoked_at", key.RevokedAt);
        return json;
    }

    /// <summary>The answer to a rotation or revocation.</summary>
    public static JsonObject Short(SigningKey key)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
        return new JsonObject { ["kid"] = key.Kid, ["cert"] = certificate.ExportCertificatePem() };
    }

    /// <summary>As it stands in a client's <c>signing_keys</c>.</summary>
    public static JsonObject Certificate(SigningKey key)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
        return new JsonObject
        {
            ["cert"] = certificate.ExportCertificatePem(),
            ["pkcs7"] = Pkcs7(certificate),
            ["subject"] = certificate.Subject,
        };
    }

    private static string Pkcs7(X509Certificate2 certificate) =>
        System.Security.Cryptography.PemEncoding.WriteString(
            "PKCS7", new X509Certificate2Collection(certificate).Export(X509ContentType.Pkcs7)!);

    private static void Add(JsonObject json, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
            json[name] = known.Iso();
    }
}
