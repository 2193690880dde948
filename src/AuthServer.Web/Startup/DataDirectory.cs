using System.Runtime.Versioning;
using AuthServer.Storage;
using AuthServer.Storage.Keys;

namespace AuthServer.Web.Startup;

/// <summary>The directory of the SQLite file, the keys and the first-run credentials.</summary>
public sealed record DataDirectory(string Path)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The files with secrets in them.</summary>
    private static readonly string[] PrivateFiles =
        [StorageServices.DatabaseFile + "*", MasterKey.FileName, StoreInitializer.CredentialsFile, "*.key", "backup-*"];

    /// <summary>
    /// Makes the directory, readable only by its owner, when there is none. Files with secrets that are there already
    /// lose the rights of their group and of others.
    /// </summary>
    /// <exception cref="StartupException">It can't be made.</exception>
    public static DataDirectory Open(string path)
    {
        var data = new DataDirectory(System.IO.Path.GetFullPath(path));
        if (System.IO.File.Exists(data.Path))
            throw data.Unusable("a file has its name");
        return data.Use(() =>
        {
            Create(data.Path);
            if (!OperatingSystem.IsWindows())
                data.Protect();
            return data;
        });
    }

    /// <summary>Makes a directory that only its owner may read, unless there is one.</summary>
    public static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, Owner);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Does something with the directory's files.</summary>
    /// <exception cref="StartupException">The directory can't be used.</exception>
    public T Use<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(CauseOf(failure));
        }
    }

    public StartupException Unusable(string cause) => new(
        $"The data directory {Path} can't be used: {cause}. "
        + "Let the server's user write there, or set AuthServer__DataDirectory to another directory.");

    /// <summary>The system's words, without the path that .NET appends.</summary>
    private static string CauseOf(Exception failure)
    {
        var words = failure.Message.Split(" : '")[0].TrimEnd('.');
        return char.ToLowerInvariant(words[0]) + words[1..];
    }

    [UnsupportedOSPlatform("windows")]
    private void Protect()
    {
        foreach (var file in PrivateFiles.SelectMany(pattern => Directory.EnumerateFiles(Path, pattern)))
        {
            try
            {
                System.IO.File.SetUnixFileMode(file, System.IO.File.GetUnixFileMode(file) & Owner);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A key that is mounted read-only, or another user's file: code that needs to write it reports the
                // failure.
            }
        }
    }
}
