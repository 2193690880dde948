namespace AuthServer.Storage.Grants;

/// <summary>A row is the mark; the primary key makes the first writer the only one.</summary>
public sealed class SpentArtefact
{
    public required byte[] Hash { get; init; }
    public required DateTimeOffset KeepUntil { get; init; }
}
