namespace AuthServer.Faults.Stores;

/// <summary>The disk of the data directory is full.</summary>
internal sealed class FullDisk(Deployment deployment) : Outage(deployment)
{
    private string Ballast => Path.Combine(Deployment.Data, "ballast");

    /// <exception cref="NotHereException">Mounting needs root.</exception>
    public static async Task<Outage> OpenAsync()
    {
        var directory = Directory.CreateTempSubdirectory("authserver-disk-").FullName;
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", directory);
        return new FullDisk(await Deployment.StartAsync(Place.Sqlite, directory));
    }

    public override Task BreakAsync()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                ballast.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }

        return Task.CompletedTask;
    }

    public override Task MendAsync()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await Deployment.DieAsync(0);
        await Shell.RunAsync("umount", Deployment.Data);
        await base.DisposeAsync();
    }
}
