using System.Collections.Concurrent;
using System.Security.Cryptography;
using AuthServer.Core.Model;

namespace AuthServer.Core.Jose;

/// <summary>
/// A private key that signs. Keeps one loaded key per simultaneous caller: their types do not promise thread safety.
/// </summary>
/// <param name="kid">The header's.</param>
/// <param name="algorithm">One of <see cref="Algorithms.Signing"/>.</param>
/// <param name="pkcs8">The key, of the algorithm's kind.</param>
public sealed class Signer(string kid, string algorithm, byte[] pkcs8) : ISigner
{
    private readonly ConcurrentBag<AsymmetricAlgorithm> idle = [];

    public string Kid { get; } = kid;

    public string Algorithm { get; } = algorithm;

    /// <summary>For ES256 under a key of another issuer.</summary>
    /// <param name="kid">The header's.</param>
    /// <param name="pem">A <c>PRIVATE KEY</c>, RFC 7468.</param>
    /// <returns>Null when it is none, or not of P-256.</returns>
    public static Signer? FromPem(string kid, string pem)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? new Signer(kid, Algorithms.Es256, key.ExportPkcs8PrivateKey()) : null;
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> input)
    {
        if (!idle.TryTake(out var key))
            key = Load();

        try
        {
            return key is ECDsa elliptic
                ? elliptic.SignData(
                    input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                : ((RSA)key).SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            idle.Add(key);
        }
    }

    private AsymmetricAlgorithm Load()
    {
        AsymmetricAlgorithm key = Algorithm == Algorithms.Es256 ? ECDsa.Create() : RSA.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key;
    }
}
