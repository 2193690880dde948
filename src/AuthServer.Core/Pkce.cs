using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core;

/// <summary>Proof Key for Code Exchange, RFC 7636.</summary>
public static class Pkce
{
    /// <summary>The only method: <c>plain</c> sends the verifier itself (RFC 9700 §2.1.1).</summary>
    public const string Method = "S256";

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>RFC 7636 §4.2.</summary>
    public static string ChallengeOf(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));

    /// <summary>RFC 7636 §4.6. A verifier is 43 to 128 unreserved characters (§4.1).</summary>
    public static bool IsVerifierOf(string challenge, string? verifier) =>
        verifier is { Length: >= 43 and <= 128 }
        && !verifier.AsSpan().ContainsAnyExcept(Unreserved)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(ChallengeOf(verifier)), Encoding.UTF8.GetBytes(challenge));
}
