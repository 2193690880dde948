namespace AuthServer.Core.Authorizations;

/// <summary>
/// What must not be accepted twice, or any more: the <c>jti</c> of client assertions and proofs, revoked JWTs. Stored
/// for as long as the value could pass its other checks.
/// </summary>
public interface IReplayCache
{
    /// <returns>True for the first caller only.</returns>
    Task<bool> TryAddAsync(TokenHash value, DateTimeOffset keepUntil, CancellationToken ct);

    Task<bool> ContainsAsync(TokenHash value, CancellationToken ct);
}
