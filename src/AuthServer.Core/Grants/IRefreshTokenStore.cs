namespace AuthServer.Core.Grants;

public interface IRefreshTokenStore
{
    /// <summary>The token with its grant.</summary>
    Task<RefreshToken?> FindAsync(TokenHash hash, CancellationToken ct);

    /// <summary>
    /// Spends <paramref name="used"/> and stores its child, in one transaction with one conditional update.
    /// </summary>
    /// <returns>False when somebody else spent it first, it expired, or the grant is revoked; nothing is stored then.</returns>
    Task<bool> TryRotateAsync(RefreshToken used, RefreshToken next, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes the use of a token that does not rotate.</summary>
    /// <returns>False when it was rotated away, expired, or the grant is revoked.</returns>
    Task<bool> TryUseAsync(RefreshToken used, DateTimeOffset idleExpiry, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Gives the child of a spent token out again: it must be unspent, and its parent spent at <paramref name="spentSince"/> or later.
    /// </summary>
    /// <returns>False when the child was used, the leeway is over, or the grant is revoked; nothing is stored then.</returns>
    Task<bool> TryRepeatAsync(RefreshToken spent, AccessToken? accessToken, DateTimeOffset spentSince, DateTimeOffset now, CancellationToken ct);
}
