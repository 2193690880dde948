namespace AuthServer.Core.Model;

/// <summary>
/// One of the tenant's keys, as it is stored; the private half is encrypted (<see cref="ISecretBox"/>, purpose
/// <see cref="Purpose"/>).
/// </summary>
public sealed class SigningKey
{
    public const string Purpose = "signing-key";

    /// <summary>21 base64url characters.</summary>
    public required string Kid { get; init; }
    public required string Algorithm { get; init; }

    /// <summary>PKCS#8, encrypted.</summary>
    public required byte[] PrivateKeySealed { get; init; }

    /// <summary>
    /// A self-signed certificate over the public key, DER: <c>x5c</c> and <c>/api/v2/keys/signing</c> show it.
    /// </summary>
    public required byte[] Certificate { get; init; }
    public required SigningKeyState State { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CurrentSince { get; set; }
    public DateTimeOffset? CurrentUntil { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>
/// Next is published and does not sign yet; Previous is still published and signs no more; Revoked is not published.
/// </summary>
public enum SigningKeyState
{
    Next,
    Current,
    Previous,
    Revoked,
}
