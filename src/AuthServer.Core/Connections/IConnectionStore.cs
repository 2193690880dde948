using AuthServer.Core.Model;

namespace AuthServer.Core.Connections;

public interface IConnectionStore
{
    /// <summary>The connections enabled for a client, by name.</summary>
    ValueTask<IReadOnlyList<Connection>> ForClientAsync(string clientId, CancellationToken ct);

    /// <summary>
    /// The domain-level ones, which every client may use; a strict third party may use no others
    /// (docs/decisions/0009).
    /// </summary>
    ValueTask<IReadOnlyList<Connection>> DomainLevelAsync(CancellationToken ct);

    /// <summary>The user databases, by name.</summary>
    ValueTask<IReadOnlyList<Connection>> DatabasesAsync(CancellationToken ct);

    /// <summary>Every connection, by name; for the server's own account page.</summary>
    ValueTask<IReadOnlyList<Connection>> AllAsync(CancellationToken ct);

    ValueTask<Connection?> FindAsync(string id, CancellationToken ct);

    ValueTask<Connection?> FindByNameAsync(string name, CancellationToken ct);
}
