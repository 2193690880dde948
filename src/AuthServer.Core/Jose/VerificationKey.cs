using System.Security.Cryptography;

namespace AuthServer.Core.Jose;

/// <summary>A public key bound to the one algorithm that it verifies (RFC 8725 §3.1: never the algorithm that a header asks for).</summary>
public sealed class VerificationKey
{
    private readonly Lock guard = new();
    private readonly AsymmetricAlgorithm key;

    public VerificationKey(string algorithm, AsymmetricAlgorithm key)
    {
        if (!Algorithms.Verified.Contains(algorithm) || algorithm == "ES256" != key is ECDsa)
            throw new ArgumentException($"{algorithm} does not fit the key.", nameof(algorithm));
        (Algorithm, this.key) = (algorithm, key);
    }

    public string Algorithm { get; }

    public bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        lock (guard)
        {
            return (Algorithm, key) switch
            {
                ("RS256", RSA rsa) => rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                ("RS384", RSA rsa) => rsa.VerifyData(input, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
                ("PS256", RSA rsa) => rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                ("ES256", ECDsa ec) => ec.VerifyData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
                _ => false,
            };
        }
    }
}
