using AuthServer.Core;

namespace AuthServer.Storage.Keys;

/// <summary>The key file of the data directory: 256 random bits, base64, mode 0600. Whoever has it and the store has everything.</summary>
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

        var key = new byte[Size];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == Size
            ? key
            : throw new InvalidDataException($"{path} does not hold a key of {Size} bytes in base64. Put the right file back: without it the store's secrets can't be read.");
    }
}

/// <summary>Seals under the master key.</summary>
public sealed class SecretBox(byte[] masterKey) : ISecretBox
{
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose) => Aead.Seal(masterKey, purpose, plain);

    public byte[] Open(ReadOnlySpan<byte> sealedValue, string purpose) => Aead.Open(masterKey, purpose, sealedValue);
}
