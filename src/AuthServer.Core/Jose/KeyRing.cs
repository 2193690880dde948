using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthServer.Core.Jose;

/// <summary>The tenant's keys, loaded: one signs, and the published ones verify. Immutable; a rotation makes another ring.</summary>
public sealed class KeyRing
{
    private readonly Dictionary<string, VerificationKey> published;

    private KeyRing(Signer current, Dictionary<string, VerificationKey> published, byte[] jwks) =>
        (Current, this.published, Jwks) = (current, published, jwks);

    public Signer Current { get; }

    /// <summary>The JWK Set document, RFC 7517 §5, UTF-8.</summary>
    public byte[] Jwks { get; }

    /// <summary>The published key of that name; null when there is none, or when the header asked for another algorithm than the key's.</summary>
    public VerificationKey? Find(string? kid, string algorithm) =>
        kid is not null && published.TryGetValue(kid, out var key) && key.Algorithm == algorithm ? key : null;

    /// <exception cref="CryptographicException">The key file is not the one under which the keys were sealed.</exception>
    /// <exception cref="InvalidOperationException">No key is current.</exception>
    public static KeyRing Load(IEnumerable<SigningKey> keys, ISecretBox box)
    {
        Signer? current = null;
        var verifiers = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        var documents = new List<PublishedKey>();
        foreach (var key in keys.Where(key => key.State != SigningKeyState.Revoked).OrderBy(key => key.State == SigningKeyState.Current ? 0 : 1))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
            var publicKey = certificate.GetRSAPublicKey() ?? throw new InvalidOperationException($"Signing key {key.Kid} is not RSA.");
            verifiers.Add(key.Kid, new VerificationKey(key.Algorithm, publicKey));
            documents.Add(new PublishedKey(key, publicKey.ExportParameters(includePrivateParameters: false)));
            if (key.State == SigningKeyState.Current)
                current = new Signer(key.Kid, key.Algorithm, box.Open(key.PrivateKeySealed, SigningKey.Purpose));
        }

        return new KeyRing(
            current ?? throw new InvalidOperationException("No signing key is current."),
            verifiers,
            JwkSet.Write(documents));
    }
}
