using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Dpop;

/// <summary>
/// Nonces of this server for proofs (RFC 9449 §8). They are not stored: each is a MAC over a window of time, under a
/// key of the tenant's, so that every node accepts those of the others.
/// </summary>
public static class DpopNonces
{
    /// <summary>A nonce is good in its window and in the next.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(3);

    private const int Length = 18;

    public static string Current(Tenant tenant, DateTimeOffset now) => Of(tenant, WindowOf(now));

    /// <summary>The window after this one too: another node's clock may be ahead.</summary>
    public static bool IsCurrent(string nonce, Tenant tenant, DateTimeOffset now)
    {
        var window = WindowOf(now);
        return Equal(nonce, Of(tenant, window))
            | Equal(nonce, Of(tenant, window - 1))
            | Equal(nonce, Of(tenant, window + 1));
    }

    private static long WindowOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Window.TotalSeconds;

    private static string Of(Tenant tenant, long window)
    {
        Span<byte> key = stackalloc byte[32], mac = stackalloc byte[32], message = stackalloc byte[sizeof(long)];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, tenant.SubjectSalt, key, salt: default, info: "dpop-nonce"u8);
        BinaryPrimitives.WriteInt64BigEndian(message, window);
        HMACSHA256.HashData(key, message, mac);
        return Base64Url.EncodeToString(mac[..Length]);
    }

    private static bool Equal(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
