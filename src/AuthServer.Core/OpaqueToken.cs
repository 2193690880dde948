using System.Buffers.Text;
using System.Security.Cryptography;

namespace AuthServer.Core;

#pragma warning disable RS0030 // This is the place that the ban points to.
/// <summary>The one place where chance comes from.</summary>
public static class OpaqueToken
{
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The same in the order of ASCII.</summary>
    private const string Ordered = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>256 random bits, base64url: codes, refresh tokens, session cookies, opaque access tokens.</summary>
    public static Secret Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Salts, nonces and keys.</summary>
    public static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);

    /// <summary>
    /// Letters and digits, about 5.95 bits each: client ids (32), client secrets (64), the tails of <c>con_</c> and
    /// <c>cgr_</c> (16).
    /// </summary>
    public static string Alphanumeric(int length) => RandomNumberGenerator.GetString(Alphanumerics, length);

    /// <summary>
    /// Letters and digits of which the first six count the seconds: values that are made after one another are
    /// neighbours in an index, so that storing many touches few of its pages. For ids that unauthenticated clients can
    /// create in large numbers, and that are not secret.
    /// </summary>
    public static string Sortable(DateTimeOffset now, int length)
    {
        const int Counting = 6;
        Span<char> counted = stackalloc char[Counting];
        var seconds = Math.Max(0, now.ToUnixTimeSeconds());
        for (var i = Counting - 1; i >= 0; i--, seconds /= Ordered.Length)
            counted[i] = Ordered[(int)(seconds % Ordered.Length)];
        return string.Concat(counted, Alphanumeric(length - Counting));
    }

    /// <summary>Lower-case hexadecimal: the 24 digits of user and resource server ids.</summary>
    public static string Hex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);
}
