using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core;

/// <summary>
/// AES-256-GCM under a key derived (HKDF-SHA256) from another secret for one purpose: nonce, ciphertext, tag.
/// </summary>
public static class Aead
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> secret, string purpose, ReadOnlySpan<byte> plain)
    {
        var output = new byte[NonceSize + plain.Length + TagSize];
        OpaqueToken.Bytes(NonceSize).CopyTo(output, 0);
        using var aes = new AesGcm(DeriveKey(secret, purpose), TagSize);
        aes.Encrypt(
            output.AsSpan(0, NonceSize),
            plain,
            output.AsSpan(NonceSize, plain.Length),
            output.AsSpan(NonceSize + plain.Length));
        return output;
    }

    /// <exception cref="CryptographicException">Another secret, another purpose, or a changed value.</exception>
    public static byte[] Open(ReadOnlySpan<byte> secret, string purpose, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < NonceSize + TagSize)
            throw new CryptographicException("Too short to be a sealed value.");
        var plain = new byte[sealedValue.Length - NonceSize - TagSize];
        using var aes = new AesGcm(DeriveKey(secret, purpose), TagSize);
        aes.Decrypt(
            sealedValue[..NonceSize], sealedValue.Slice(NonceSize, plain.Length), sealedValue[^TagSize..], plain);
        return plain;
    }

    public static byte[] DeriveKey(ReadOnlySpan<byte> secret, string purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: default, info: Encoding.UTF8.GetBytes(purpose));
        return key;
    }
}
