namespace AuthServer.Core.Authorizations;

/// <summary>
/// Values that must not be accepted again: the <c>jti</c> of client assertions and proofs, revoked JWTs. Each is stored
/// for as long as it could pass its other checks.
/// </summary>
public interface IReplayCache
{
    /// <returns>True for the first caller only.</returns>
    Task<bool> TryAddAsync(TokenHash value, DateTimeOffset keepUntil, CancellationToken ct);

    Task<bool> ContainsAsync(TokenHash value, CancellationToken ct);
}
