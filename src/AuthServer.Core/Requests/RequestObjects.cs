using System.Collections.Frozen;

namespace AuthServer.Core.Requests;

/// <summary>Request objects by value, RFC 9101 and OpenID Connect Core §6.1.</summary>
public static class RequestObjects
{
    /// <summary>Algorithms that clients may sign request objects with.</summary>
    public static FrozenSet<string> Algorithms { get; } =
        FrozenSet.Create(StringComparer.Ordinal, "ES256", "PS256", "RS256");
}
