using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthServer.Core.Jose;

/// <summary>The tenant's keys, loaded: one of each algorithm signs, and the published ones verify. Immutable; a rotation makes another ring.</summary>
public sealed class KeyRing
{
    private readonly Dictionary<string, Signer> current;
    private readonly Dictionary<string, VerificationKey> published;

    private KeyRing(
        Dictionary<string, Signer> current, Dictionary<string, VerificationKey> published, IReadOnlyList<SigningKey> keys) =>
        (this.current, this.published, Published) = (current, published, keys);

    /// <summary>Every key that verifies: RSA first, and of each algorithm the current key first.</summary>
    public IReadOnlyList<SigningKey> Published { get; }

    /// <param name="algorithm">One of <see cref="Algorithms.Signing"/>.</param>
    public Signer Current(string algorithm) => current[algorithm];

    /// <summary>The published key of that name; null when there is none, or when the header asked for another algorithm than the key's.</summary>
    public VerificationKey? Find(string? kid, string algorithm) =>
        kid is not null && published.TryGetValue(kid, out var key) && key.Algorithm == algorithm ? key : null;

    /// <exception cref="CryptographicException">The key file is not the one under which the keys were sealed.</exception>
    /// <exception cref="InvalidOperationException">An algorithm has no current key.</exception>
    public static KeyRing Load(IEnumerable<SigningKey> keys, ISecretBox box)
    {
        var signers = new Dictionary<string, Signer>(StringComparer.Ordinal);
        var verifiers = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        var valid = new List<SigningKey>();

        // A newer version may have made keys of kinds that this one doesn't know yet.
        var known = keys.Where(key => key.State != SigningKeyState.Revoked && Algorithms.Signing.Contains(key.Algorithm, StringComparer.Ordinal));
        foreach (var key in known.OrderBy(key => Rank(key.Algorithm)).ThenBy(key => key.State == SigningKeyState.Current ? 0 : 1))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate);
            var publicKey = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey() ?? throw new InvalidOperationException($"Signing key {key.Kid} is neither RSA nor EC.");
            verifiers.Add(key.Kid, new VerificationKey(key.Algorithm, publicKey));
            valid.Add(key);
            if (key.State == SigningKeyState.Current)
                signers.Add(key.Algorithm, new Signer(key.Kid, key.Algorithm, box.Open(key.PrivateKeySealed, SigningKey.Purpose)));
        }

        if (Algorithms.Signing.FirstOrDefault(algorithm => !signers.ContainsKey(algorithm)) is { } missing)
            throw new InvalidOperationException($"No signing key is current for {missing}.");
        return new KeyRing(signers, verifiers, valid);
    }

    /// <summary>RSA first, for whoever takes a set's first key for its only one.</summary>
    private static int Rank(string algorithm) => algorithm == Algorithms.Rs256 ? 0 : 1;
}
