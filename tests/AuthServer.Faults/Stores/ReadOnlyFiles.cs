namespace AuthServer.Faults.Stores;

/// <summary>
/// The database and its log can't be written any more, nor where they are open already. The index of the log is memory.
/// </summary>
internal sealed class ReadOnlyFiles(Deployment deployment) : Outage(deployment)
{
    private string[] Files => [Deployment.Database, Deployment.Database + "-wal"];

    /// <exception cref="NotHereException">Needs root and a file system with immutable files.</exception>
    public static async Task<Outage> OpenAsync()
    {
        var probe = Path.GetTempFileName();
        await Shell.RunAsync("chattr", "+i", probe);
        await Shell.RunAsync("chattr", "-i", probe);
        File.Delete(probe);
        return new ReadOnlyFiles(await Deployment.StartAsync(Place.Sqlite));
    }

    public override Task BreakAsync() => Shell.RunAsync("chattr", ["+i", .. Files]);

    public override Task MendAsync() => Shell.RunAsync("chattr", ["-i", .. Files]);
}
