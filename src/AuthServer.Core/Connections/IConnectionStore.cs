namespace AuthServer.Core.Connections;

public interface IConnectionStore
{
    /// <summary>The connections enabled for a client, by name.</summary>
    Task<IReadOnlyList<Connection>> ForClientAsync(string clientId, CancellationToken ct);

    /// <summary>Those that are the domain's, whoever asks; all that a strict third party may use (contract B).</summary>
    Task<IReadOnlyList<Connection>> DomainLevelAsync(CancellationToken ct);

    /// <summary>The user databases, by name.</summary>
    Task<IReadOnlyList<Connection>> DatabasesAsync(CancellationToken ct);

    /// <summary>Every connection, by name; for the server's own account page.</summary>
    Task<IReadOnlyList<Connection>> AllAsync(CancellationToken ct);

    Task<Connection?> FindAsync(string id, CancellationToken ct);
}
