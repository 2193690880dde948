namespace AuthServer.Core.Dpop;

/// <summary>
/// The <c>DPoP</c> headers of a request, and the request that a proof in them has to match (RFC 9449 §4.3).
/// </summary>
/// <param name="Headers">Every one that was sent.</param>
/// <param name="Method">As it was sent.</param>
/// <param name="Path">As it was sent, without the query.</param>
public sealed record SentProof(IReadOnlyList<string> Headers, string Method, string Path);

/// <summary>An access token at a resource of this server.</summary>
/// <param name="Value">The token.</param>
/// <param name="Proof">Proof that came with it; null when it was sent as a bearer token (RFC 6750).</param>
public sealed record PresentedToken(Secret Value, SentProof? Proof);
