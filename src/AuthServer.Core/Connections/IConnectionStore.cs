namespace AuthServer.Core.Connections;

public interface IConnectionStore
{
    /// <summary>The connections enabled for a client, by name.</summary>
    Task<IReadOnlyList<Connection>> ForClientAsync(string clientId, CancellationToken ct);

    /// <summary>The user databases, by name.</summary>
    Task<IReadOnlyList<Connection>> DatabasesAsync(CancellationToken ct);
}
