using System.Collections.Frozen;

namespace AuthServer.Core.Jose;

/// <summary>The allow-lists of RFC 7518 algorithm names. Symmetric ones and <c>none</c> are in neither.</summary>
public static class Algorithms
{
    /// <summary>What clients may sign their assertions with.</summary>
    public static FrozenSet<string> Verified { get; } = FrozenSet.Create(StringComparer.Ordinal, "RS256", "RS384", "PS256", "ES256");
}
