namespace AuthServer.Core;

/// <summary>
/// Authenticated encryption under the key file of the data directory, for what must be read again: client secrets,
/// private keys.
/// </summary>
public interface ISecretBox
{
    /// <param name="purpose">Purpose of the value; a value encrypted for one purpose does not decrypt for
    /// another.</param>
    byte[] Seal(ReadOnlySpan<byte> plain, string purpose);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Another key, another purpose, or a changed
    /// value.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedValue, string purpose);

    /// <summary>256 bits for one purpose, the same on every node; for a library that encrypts by itself.</summary>
    byte[] DeriveKey(string purpose);
}
