using System.Text;

namespace AuthServer.Core.Authorizations;

/// <summary>
/// Encrypts the successor of a rotated refresh token under a key derived from the rotated one: a client that lost the
/// response can ask again, and an attacker who has only the store can't read it.
/// </summary>
public static class SuccessorEncryption
{
    private const string Purpose = "refresh-token-successor";

    public static byte[] Encrypt(Secret rotated, Secret successor) =>
        Aead.Seal(Encoding.UTF8.GetBytes(rotated.Reveal()), Purpose, Encoding.UTF8.GetBytes(successor.Reveal()));

    public static Secret Decrypt(Secret rotated, byte[] encrypted) =>
        new(Encoding.UTF8.GetString(Aead.Open(Encoding.UTF8.GetBytes(rotated.Reveal()), Purpose, encrypted)));
}
