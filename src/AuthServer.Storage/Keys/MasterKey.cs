using AuthServer.Core;

namespace AuthServer.Storage.Keys;

/// <summary>
/// 256 random bits, base64: from the configuration, or from the key file of the data directory (mode 0600). With it and
/// the store an attacker has everything.
/// </summary>
public static class MasterKey
{
    public const string FileName = "master.key";
    private const int Size = 32;

    /// <summary>Reads the key, or makes it when the directory has none.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static byte[] ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        PrivateFile.WriteNew(path, Convert.ToBase64String(OpaqueToken.Bytes(Size)));

        return Parse(File.ReadAllText(path))
            ?? throw new InvalidDataException(
                $"{path} does not hold a key of {Size} bytes in base64. Put the right file back: without it the "
                    + "store's secrets can't be read.");
    }

    /// <returns>Null when the text is not such a key.</returns>
    public static byte[]? Parse(string text)
    {
        var key = new byte[Size];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == Size ? key : null;
    }
}

/// <summary>Encrypts under the master key.</summary>
public sealed class SecretBox(byte[] masterKey) : ISecretBox
{
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose) => Aead.Seal(masterKey, purpose, plain);

    public byte[] Open(ReadOnlySpan<byte> sealedValue, string purpose) => Aead.Open(masterKey, purpose, sealedValue);

    public byte[] DeriveKey(string purpose) => Aead.DeriveKey(masterKey, purpose);
}
