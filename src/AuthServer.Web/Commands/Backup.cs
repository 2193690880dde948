using System.Formats.Tar;
using AuthServer.Storage;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Sqlite;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Commands;

/// <summary>
/// <c>backup FILE</c> and <c>restore FILE [--end-sessions]</c>: the embedded store and its key in one tar file, taken
/// while the server runs. The file gives access to everything, so that only its owner may read it.
/// </summary>
internal static class Backup
{
    private static readonly string[] Kept = [StorageServices.DatabaseFile, MasterKey.FileName];

    /// <exception cref="StartupException">The file exists already, or there is nothing to back up.</exception>
    public static void Take(DataDirectory data, string file)
    {
        if (File.Exists(file))
            throw new StartupException($"{file} exists already. A backup overwrites nothing: choose another name.");
        var copy = Path.Combine(data.Path, $"backup-{Environment.ProcessId}.db");
        try
        {
            PrivateFile.Create(copy).Dispose();
            SqliteBackup.Copy(data.Path, copy);
            using var stream = PrivateFile.Create(file);
            using var tar = new TarWriter(stream);
            tar.WriteEntry(copy, StorageServices.DatabaseFile);
            if (File.Exists(data.File(MasterKey.FileName)))
                tar.WriteEntry(data.File(MasterKey.FileName), MasterKey.FileName);
            stream.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Into a data directory that has no store yet.</summary>
    /// <exception cref="StartupException">A store exists already, or the file is not a backup.</exception>
    public static async Task RestoreAsync(
        DataDirectory data,
        string file,
        bool endSessions,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (!File.Exists(file))
            throw new StartupException($"There is no file {file}.");
        if (Kept.FirstOrDefault(name => File.Exists(data.File(name))) is { } existing)
            throw new StartupException(
                $"{data.File(existing)} exists already. A restore overwrites nothing: stop the server, move "
                    + $"{data.Path} aside, and restore into an empty directory.");
        Extract(data, file);
        SqliteBackup.Check(data.File(StorageServices.DatabaseFile));
        if (endSessions)
            await SqliteBackup.EndEverythingAsync(data.Path, now, ct);
    }

    private static void Extract(DataDirectory data, string file)
    {
        using var stream = File.OpenRead(file);
        using var tar = new TarReader(stream);
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                // Only names of this server: nothing that a file says leads out of the directory.
                if (!Kept.Contains(entry.Name, StringComparer.Ordinal) || entry.DataStream is null)
                    continue;
                using var target = PrivateFile.Create(data.File(entry.Name));
                entry.DataStream.CopyTo(target);
                target.Flush(flushToDisk: true);
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException)
        {
            throw new StartupException($"{file} is not a backup: {malformed.Message}");
        }

        if (!File.Exists(data.File(StorageServices.DatabaseFile)))
            throw new StartupException($"{file} is not a backup: it holds no {StorageServices.DatabaseFile}.");
    }
}
