using System.Runtime.Versioning;
using AuthServer.Storage.Keys;
using AuthServer.TestKit;
using AuthServer.Web.Commands;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Tests;

/// <summary>docs/security.md: only the owner of the data directory may read its files.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode ForAll = (UnixFileMode)0b110_100_100;

    private static readonly Dictionary<string, string> Embedded =
        new(StringComparer.Ordinal) { ["ConnectionStrings__Postgres"] = "" };

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Files_in_a_directory_that_all_users_may_read_are_private()
    {
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);

        await using (await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Embedded))
            AssertPrivate("authserver.db", "authserver.db-wal", "authserver.db-shm", "bootstrap.json", "master.key");

        var backup = Path.Combine(directory.Path, "backup.tar");
        await ServerProcess.RunAsync(directory.Path, "backup", backup);
        AssertPrivate("backup.tar");
    }

    [Fact]
    public async Task A_start_takes_away_what_an_earlier_version_gave()
    {
        await using (var server = await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Embedded))
            await server.KillAsync();
        string[] files = ["authserver.db", "authserver.db-wal", "authserver.db-shm", "bootstrap.json", "master.key"];
        foreach (var file in files)
            File.SetUnixFileMode(Path.Combine(directory.Path, file), ForAll);

        await using (await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Embedded))
            AssertPrivate(files);
    }

    [Fact]
    public void A_proxys_certificate_is_not_written_through_a_link_that_was_there()
    {
        var (file, other) = (Path.Combine(directory.Path, "proxy.pem"), Path.Combine(directory.Path, "other"));
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(file + ".new", other);
        var options = new ServerOptions { DataDirectory = Path.Combine(directory.Path, "data") };

        ProxyCertificate.Write(options, file);

        Assert.Equal("untouched", File.ReadAllText(other));
        Assert.Contains("PRIVATE KEY", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Null(new FileInfo(file).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_new_key_is_not_written_through_a_link_that_was_there()
    {
        var (file, other) = (Path.Combine(directory.Path, "some.key"), Path.Combine(directory.Path, "other"));
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink($"{file}.{Environment.ProcessId}.new", other);

        Assert.True(PrivateFile.WriteNew(file, "key"));

        Assert.Equal(("untouched", "key"), (File.ReadAllText(other), File.ReadAllText(file)));
        Assert.Null(new FileInfo(file).LinkTarget);
    }

    private void AssertPrivate(params string[] files)
    {
        Assert.All(files, file => Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory.Path, file))));
        Assert.All(
            Directory.GetFiles(directory.Path),
            file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & (UnixFileMode)0b000_111_111));
    }
}
