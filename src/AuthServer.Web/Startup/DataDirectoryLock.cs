namespace AuthServer.Web.Startup;

/// <summary>One process to an embedded store: held as long as the server runs, and let go by the system when it dies.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="StartupException">Another process has it.</exception>
    public DataDirectoryLock(DataDirectory data)
    {
        try
        {
            held = new FileStream(data.File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartupException($"Another server uses {data.Path}. Stop it, or set AuthServer__DataDirectory to a directory of this server's own; several servers share a store on PostgreSQL alone.");
        }
    }

    public void Dispose() => held.Dispose();
}
