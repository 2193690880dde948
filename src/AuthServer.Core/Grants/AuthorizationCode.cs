namespace AuthServer.Core.Grants;

/// <summary>RFC 6749 §4.1.2. Lives 60 seconds (ASVS 10.4.3) and is redeemed once.</summary>
public sealed class AuthorizationCode
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>After so many wrong tries of the rightful client the code is dead (CVE-2026-41213).</summary>
    public const int MostFailures = 5;

    public required byte[] Hash { get; init; }
    public required Guid GrantId { get; init; }
    public Grant Grant { get; set; } = null!;

    /// <summary>As the client sent it at <c>/authorize</c>; null when it sent none and its only callback was used.</summary>
    public string? RedirectUri { get; init; }
    public string? CodeChallenge { get; init; }
    public string? Nonce { get; init; }

    /// <summary><c>dpop_jkt</c>, RFC 9449 §10: who redeems it has this key; null when anyone's will do.</summary>
    public string? BoundTo { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RedeemedAt { get; set; }
    public int Failures { get; set; }
}
