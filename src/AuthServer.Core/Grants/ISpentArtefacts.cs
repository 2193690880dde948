namespace AuthServer.Core.Grants;

/// <summary>
/// What must not be taken twice, or any more: the <c>jti</c> of client assertions, JWTs that were revoked. Kept, on disk, for as
/// long as the artefact could pass its other checks (security.md E10).
/// </summary>
public interface ISpentArtefacts
{
    /// <returns>True for the one caller that spends it.</returns>
    Task<bool> TrySpendAsync(TokenHash artefact, DateTimeOffset keepUntil, CancellationToken ct);

    Task<bool> IsSpentAsync(TokenHash artefact, CancellationToken ct);
}
