using System.Security.Cryptography;

namespace AuthServer.Core.Jose;

/// <summary>ES256 under a private key that somebody else issued; RFC 7518 §3.4.</summary>
public sealed class EllipticSigner : ISigner, IDisposable
{
    private readonly ECDsa key;

    private EllipticSigner(string kid, ECDsa key) => (Kid, this.key) = (kid, key);

    public string? Kid { get; }

    public string Algorithm => "ES256";

    /// <param name="kid">The header's.</param>
    /// <param name="pem">A <c>PRIVATE KEY</c>, RFC 7468.</param>
    /// <returns>Null when it is none, or not of P-256.</returns>
    public static EllipticSigner? FromPem(string kid, string pem)
    {
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(pem);
            if (read.KeySize == 256)
                return new EllipticSigner(kid, read);
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            // Told below.
        }

        read.Dispose();
        return null;
    }

    public byte[] Sign(ReadOnlySpan<byte> input) => key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => key.Dispose();
}
