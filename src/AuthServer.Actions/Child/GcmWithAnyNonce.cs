using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace AuthServer.Actions.Child;

/// <summary>
/// AES-GCM with a nonce of any length (NIST SP 800-38D §7.1), where <see cref="AesGcm"/> has 12 bytes only. The tag is
/// behind what is encrypted.
/// </summary>
internal static class GcmWithAnyNonce
{
    private const int TagBits = 128;

    public static byte[] Encrypt(byte[] key, byte[] nonce, byte[] data, byte[] associated) =>
        Call(isEncryption: true, key, nonce, data, associated);

    /// <exception cref="CryptographicException">The tag is not that of the data.</exception>
    public static byte[] Decrypt(byte[] key, byte[] nonce, byte[] data, byte[] associated) =>
        Call(isEncryption: false, key, nonce, data, associated);

    private static byte[] Call(bool isEncryption, byte[] key, byte[] nonce, byte[] data, byte[] associated)
    {
        var cipher = new GcmBlockCipher(AesUtilities.CreateEngine());
        cipher.Init(isEncryption, new AeadParameters(new KeyParameter(key), TagBits, nonce, associated));
        var result = new byte[cipher.GetOutputSize(data.Length)];
        try
        {
            cipher.DoFinal(result, cipher.ProcessBytes(data, 0, data.Length, result, 0));
            return result;
        }
        catch (InvalidCipherTextException failure)
        {
            throw new CryptographicException(failure.Message, failure);
        }
    }
}
