namespace AuthServer.Storage.Keys;

/// <summary>Files that only their owner may read.</summary>
public static class PrivateFile
{
    /// <summary>
    /// Writes a file of mode 0600 unless there is one; whole or not at all, also when two processes start at once.
    /// </summary>
    /// <returns>Whether this call wrote it.</returns>
    public static bool WriteNew(string path, string content)
    {
        if (File.Exists(path))
            return false;

        var draft = $"{path}.{Environment.ProcessId}.new";

        // Left behind by a process with the same id that was killed; never written through a link.
        File.Delete(draft);
        using (var stream = Create(draft))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
    }

    /// <summary>Creates a file of mode 0600 for writing.</summary>
    /// <exception cref="IOException">There is such a file, or a link of that name.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
