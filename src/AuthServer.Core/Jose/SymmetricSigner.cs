using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Model;

namespace AuthServer.Core.Jose;

/// <summary>
/// HS256, RFC 7518 §3.2: the key is the UTF-8 of a client secret (OpenID Connect Core §10.1), 256 bits at least.
/// </summary>
public sealed class SymmetricSigner : ISigner
{
    public const int MinKeyLength = 32;
    private readonly byte[] key;

    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public SymmetricSigner(string secret)
    {
        key = Encoding.UTF8.GetBytes(secret);
        if (key.Length < MinKeyLength)
            throw new ArgumentException($"A key for HS256 has {MinKeyLength} bytes at least.", nameof(secret));
    }

    public string? Kid => null;

    public string Algorithm => Algorithms.Hs256;

    public byte[] Sign(ReadOnlySpan<byte> input) => HMACSHA256.HashData(key, input);
}
