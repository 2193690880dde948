namespace AuthServer.Storage.Authorizations;

/// <summary>A value that was accepted. The primary key makes the first writer the only one.</summary>
public sealed class ReplayCacheEntry
{
    public required byte[] Hash { get; init; }
    public required DateTimeOffset KeepUntil { get; init; }
}
