using System.Security.Cryptography;

namespace AuthServer.Core;

/// <summary>
/// SHA-256 of a secret of at least 128 random bits; stores see this and never the value (ASVS 6.5.2: a plain hash is
/// enough there).
/// </summary>
public readonly struct TokenHash(byte[] bytes) : IEquatable<TokenHash>
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>The reference id of a stored token: base64, as OpenIddict stores it.</summary>
    public string ReferenceId => Convert.ToBase64String(Bytes);

    /// <summary>In constant time.</summary>
    public bool Equals(TokenHash other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    public override bool Equals(object? obj) => obj is TokenHash other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);

    public static bool operator ==(TokenHash left, TokenHash right) => left.Equals(right);

    public static bool operator !=(TokenHash left, TokenHash right) => !left.Equals(right);
}
