using AuthServer.Core.Dpop;

namespace AuthServer.Core.Clients;

/// <summary>A request that a client makes in its own name, to the token, revocation or introspection endpoint.</summary>
/// <param name="Parameters">The body's.</param>
/// <param name="Authorization">The header of that name; null when there is none.</param>
/// <param name="Now">The moment.</param>
public sealed record ClientRequest(RequestParameters Parameters, string? Authorization, DateTimeOffset Now)
{
    /// <summary>What the DPoP header brought; null when there is none.</summary>
    public SentProof? Proof { get; init; }

    /// <summary>Where it came from, under the name by which attempts are counted.</summary>
    public string Address { get; init; } = "unknown";
}
