using AuthServer.Storage;

namespace AuthServer.Web.Startup;

/// <summary>
/// One process to an embedded store: held as long as the server runs, and released by the system when it dies.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    /// <summary>EAGAIN of Linux and of macOS, and ERROR_SHARING_VIOLATION.</summary>
    private static readonly int[] HeldElsewhere = [11, 35, 32];

    private readonly FileStream held;

    /// <exception cref="StartupException">Another process has it, or the directory can't be used.</exception>
    public DataDirectoryLock(DataDirectory data)
    {
        held = data.Use(() => Take(data));
        try
        {
            data.Use(() => TryWrite(data));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => held.Dispose();

    private static FileStream Take(DataDirectory data)
    {
        try
        {
            return new FileStream(data.File("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (HeldElsewhere.Contains(failure.HResult & 0xFFFF))
        {
            throw new StartupException(
                $"Another server uses {data.Path}. Stop it, or set AuthServer__DataDirectory to a directory of this "
                + "server's own; several servers can share only a store on PostgreSQL.");
        }
    }

    /// <summary>SQLite would open a database that it may only read, and fail at the first write.</summary>
    private static int TryWrite(DataDirectory data)
    {
        var files = Directory.GetFiles(data.Path, StorageServices.DatabaseFile + "*");
        foreach (var file in files)
            File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        return files.Length;
    }
}
