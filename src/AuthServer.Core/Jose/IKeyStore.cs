using AuthServer.Core.Model;

namespace AuthServer.Core.Jose;

public interface IKeyStore
{
    /// <summary>Every key, the revoked ones too, newest first.</summary>
    Task<IReadOnlyList<SigningKey>> ListAsync(CancellationToken ct);

    /// <summary>
    /// Makes sure that each algorithm has a current and a next key. Of several callers at once, one makes them.
    /// </summary>
    Task EnsureAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Of each algorithm: current becomes previous, next becomes current, and a new next is published; all in one
    /// transaction.
    /// </summary>
    /// <returns>The new current key of the default algorithm.</returns>
    Task<SigningKey> RotateAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Takes a key out of the published set at once. A current key is rotated first, a next one replaced; other
    /// algorithms stay as they are.
    /// </summary>
    /// <returns>The revoked key; null when there is none of that name.</returns>
    Task<SigningKey?> RevokeAsync(string kid, DateTimeOffset now, CancellationToken ct);
}
