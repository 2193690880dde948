namespace AuthServer.Core.Requests;

public interface IPushedRequestStore
{
    Task AddAsync(PushedRequest pushed, CancellationToken ct);

    /// <returns>Null when there is none, or it was answered.</returns>
    Task<PushedRequest?> FindAsync(TokenHash reference, CancellationToken ct);

    /// <summary>Takes it away, for an answer that stores nothing. What is granted takes it in the grant's own transaction.</summary>
    /// <returns>True for the one caller that takes it.</returns>
    Task<bool> TryTakeAsync(PushedRequest pushed, CancellationToken ct);
}
