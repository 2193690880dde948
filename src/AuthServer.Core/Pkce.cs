using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core;

/// <summary>Proof Key for Code Exchange, RFC 7636.</summary>
public static class Pkce
{
    /// <summary>The only method: <c>plain</c> sends the verifier itself (RFC 9700 §2.1.1).</summary>
    public const string Method = "S256";

    /// <summary>RFC 7636 §4.2.</summary>
    public static string ChallengeOf(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));
}
