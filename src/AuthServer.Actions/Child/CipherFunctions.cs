using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Actions.Child;

/// <summary>AES of Node.js's crypto: CBC with PKCS #7, and GCM. Bytes are texts of characters below 256.</summary>
internal static class CipherFunctions
{
    private const int BlockSize = 16;
    private const int TagSize = 16;
    private const int NonceSize = 12;

    /// <summary>GCM's of OpenSSL, which Node.js uses.</summary>
    private const int MaxNonce = 128;

    /// <param name="json">Name of the cipher, the direction, key, IV, data and the rest as members.</param>
    /// <returns>What was encrypted or decrypted; after GCM's encryption the tag follows.</returns>
    /// <exception cref="HostException">The arguments can't be used; the Action may catch it.</exception>
    public static byte[] Call(string json)
    {
        using var document = JsonDocument.Parse(json);
        var arguments = document.RootElement;
        var isEncryption = JsonText.IsTrue(arguments, "isEncryption");
        var (key, iv, data) = (Bytes(arguments, "key"), Bytes(arguments, "iv"), Bytes(arguments, "data"));
        var name = JsonText.Of(arguments, "name") ?? "";
        if (name != $"aes-{key.Length * 8}-{name[^3..]}")
            throw new HostException("Invalid key length");
        var isGcm = name.EndsWith("gcm", StringComparison.Ordinal);
        if (isGcm ? iv.Length is 0 or > MaxNonce : iv.Length != BlockSize)
            throw new HostException($"Invalid initialization vector: {iv.Length} bytes");
        try
        {
            if (!isGcm)
                return Cbc(key, iv, data, isEncryption, PaddingOf(arguments));
            var associated = Bytes(arguments, "associated");
            return isEncryption
                ? Encrypt(key, iv, data, associated)
                : Decrypt(key, iv, data, associated, Bytes(arguments, "tag"));
        }
        catch (CryptographicException)
        {
            throw new HostException(
                isGcm ? "Unsupported state or unable to authenticate data" : "The data or its padding is not valid");
        }
    }

    private static byte[] Bytes(JsonElement arguments, string member) =>
        Encoding.Latin1.GetBytes(JsonText.Of(arguments, member) ?? "");

    private static PaddingMode PaddingOf(JsonElement arguments) =>
        JsonText.IsTrue(arguments, "isPadded") ? PaddingMode.PKCS7 : PaddingMode.None;

    private static byte[] Cbc(byte[] key, byte[] iv, byte[] data, bool isEncryption, PaddingMode padding)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return isEncryption ? aes.EncryptCbc(data, iv, padding) : aes.DecryptCbc(data, iv, padding);
    }

    private static byte[] Encrypt(byte[] key, byte[] iv, byte[] data, byte[] associated)
    {
        if (iv.Length != NonceSize)
            return GcmWithAnyNonce.Encrypt(key, iv, data, associated);
        using var aes = new AesGcm(key, TagSize);
        var result = new byte[data.Length + TagSize];
        aes.Encrypt(iv, data, result.AsSpan(0, data.Length), result.AsSpan(data.Length), associated);
        return result;
    }

    /// <summary>A tag that is shorter than what the encryption made is refused.</summary>
    private static byte[] Decrypt(byte[] key, byte[] iv, byte[] data, byte[] associated, byte[] tag)
    {
        if (tag.Length != TagSize)
            throw new HostException("Invalid authentication tag length");
        if (iv.Length != NonceSize)
            return GcmWithAnyNonce.Decrypt(key, iv, [.. data, .. tag], associated);
        using var aes = new AesGcm(key, TagSize);
        var result = new byte[data.Length];
        aes.Decrypt(iv, data, tag, result, associated);
        return result;
    }
}
