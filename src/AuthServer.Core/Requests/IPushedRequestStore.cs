using AuthServer.Core.Authorizations;

namespace AuthServer.Core.Requests;

/// <summary>Pushed authorization requests.</summary>
public interface IPushedRequestStore
{
    Task AddAsync(Token pushed, CancellationToken ct);

    /// <returns>Null when there is none, or it was answered.</returns>
    Task<Token?> FindAsync(TokenHash reference, CancellationToken ct);

    /// <summary>
    /// Redeems it for a response that stores nothing; a new authorization redeems it in its own transaction.
    /// </summary>
    /// <returns>True for the first caller only.</returns>
    Task<bool> TryRedeemAsync(Token pushed, CancellationToken ct);
}
