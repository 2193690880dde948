using System.Collections.Frozen;

namespace AuthServer.Core.Model;

/// <summary>The allow-lists of RFC 7518 algorithm names. <c>none</c> is in none of them.</summary>
public static class Algorithms
{
    /// <summary>
    /// HMAC with SHA-256: ID tokens of clients that configure it, under their own secret. Never chosen by a header.
    /// </summary>
    public const string Hs256 = "HS256";

    /// <summary>RSA PKCS#1 with SHA-256: every SDK verifies it, and it is the default.</summary>
    public const string Rs256 = "RS256";

    /// <summary>ECDSA on P-256 with SHA-256: signs with a small part of RSA's work.</summary>
    public const string Es256 = "ES256";

    /// <summary>Algorithms that the tenant has keys for; the first is the default.</summary>
    public static IReadOnlyList<string> Signing { get; } = [Rs256, Es256];

    /// <summary>
    /// Algorithms of signatures that others make: DPoP proofs (docs/decisions/0013), request objects, and ID tokens of
    /// identity providers.
    /// </summary>
    public static IReadOnlyList<string> Accepted { get; } = [Rs256, "PS256", Es256];

    /// <summary>Algorithms that clients may sign their assertions with.</summary>
    public static FrozenSet<string> Verified { get; } = FrozenSet.Create(
        StringComparer.Ordinal, [.. Accepted, "RS384"]);

    /// <summary>Whether a key of RSA verifies it.</summary>
    public static bool IsRsa(string algorithm) => algorithm != Es256 && Verified.Contains(algorithm);

    public static bool IsAccepted(string? algorithm) => Accepted.Contains(algorithm, StringComparer.Ordinal);
}
