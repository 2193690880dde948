namespace AuthServer.Storage.Users;

/// <summary>How often something was tried in the window that ends at <see cref="ResetsAt"/>.</summary>
public sealed class AttemptCounter
{
    /// <summary>SHA-256 of the key: no row reveals the user or the address.</summary>
    public required byte[] Hash { get; init; }
    public required int Count { get; set; }
    public required DateTimeOffset ResetsAt { get; set; }
}
