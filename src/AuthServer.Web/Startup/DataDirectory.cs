namespace AuthServer.Web.Startup;

/// <summary>The directory of the SQLite file, the keys and the first-run credentials.</summary>
public sealed record DataDirectory(string Path)
{
    /// <summary>Makes the directory, readable by its owner alone, when there is none.</summary>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new DataDirectory(full);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);
}
