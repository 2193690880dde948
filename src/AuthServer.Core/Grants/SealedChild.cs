using System.Text;

namespace AuthServer.Core.Grants;

/// <summary>
/// Keeps the value of a rotated token's child so that only who holds the parent's value can read it: a thief of the store can't,
/// and a client that lost the answer can ask again (security.md E8).
/// </summary>
public static class SealedChild
{
    private const string Purpose = "refresh-token-child";

    public static byte[] Seal(Secret parent, Secret child) =>
        Aead.Seal(Encoding.UTF8.GetBytes(parent.Reveal()), Purpose, Encoding.UTF8.GetBytes(child.Reveal()));

    public static Secret Open(Secret parent, byte[] sealedChild) =>
        new(Encoding.UTF8.GetString(Aead.Open(Encoding.UTF8.GetBytes(parent.Reveal()), Purpose, sealedChild)));
}
