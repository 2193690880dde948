namespace AuthServer.TestKit;

/// <summary>A data directory that servers of one test share, deleted with what they stored.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("authserver-").FullName;

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        TestPostgres.Drop(Path);
    }
}
