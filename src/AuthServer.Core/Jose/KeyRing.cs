using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Jose;

/// <summary>
/// The tenant's keys, loaded: one of each algorithm signs, and the published ones verify. Immutable; a rotation makes
/// another ring.
/// </summary>
public sealed class KeyRing
{
    private readonly Dictionary<string, Signer> current;

    private KeyRing(Dictionary<string, Signer> current, IReadOnlyList<SigningKey> published) =>
        (this.current, Published) = (current, published);

    /// <summary>Every key that verifies: RSA first, and of each algorithm the current key first.</summary>
    public IReadOnlyList<SigningKey> Published { get; }

    /// <param name="algorithm">One of <see cref="Algorithms.Signing"/>.</param>
    public Signer Current(string algorithm) => current[algorithm];

    /// <summary>The published key of that name and algorithm; null when there is none.</summary>
    public SecurityKey? Find(string? kid, string algorithm)
    {
        if (Published.FirstOrDefault(key => key.Kid == kid && key.Algorithm == algorithm) is not { } found)
            return null;
        using var certificate = X509CertificateLoader.LoadCertificate(found.Certificate);
        return X509PublicKeys.FromCertificate(certificate, algorithm);
    }

    /// <exception cref="CryptographicException">The key file is not the one under which the keys were
    /// encrypted.</exception>
    /// <exception cref="InvalidOperationException">An algorithm has no current key.</exception>
    public static KeyRing Load(IEnumerable<SigningKey> keys, ISecretBox box)
    {
        var signers = new Dictionary<string, Signer>(StringComparer.Ordinal);
        var valid = new List<SigningKey>();

        // A newer version may have made keys of kinds that this one does not support.
        var known = keys.Where(key =>
            key.State != SigningKeyState.Revoked && Algorithms.Signing.Contains(key.Algorithm, StringComparer.Ordinal));
        foreach (var key in known
                .OrderBy(key => Rank(key.Algorithm))
                .ThenBy(key => key.State == SigningKeyState.Current ? 0 : 1))
        {
            valid.Add(key);
            if (key.State == SigningKeyState.Current)
                signers.Add(
                    key.Algorithm,
                    new Signer(key.Kid, key.Algorithm, box.Open(key.PrivateKeySealed, SigningKey.Purpose)));
        }

        if (Algorithms.Signing.FirstOrDefault(algorithm => !signers.ContainsKey(algorithm)) is { } missing)
            throw new InvalidOperationException($"No signing key is current for {missing}.");
        return new KeyRing(signers, valid);
    }

    /// <summary>RSA first, for clients that take the first key of a set as its only one.</summary>
    private static int Rank(string algorithm) => algorithm == Algorithms.Rs256 ? 0 : 1;
}
