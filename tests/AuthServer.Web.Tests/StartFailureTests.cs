using System.Diagnostics;
using System.Runtime.Versioning;
using AuthServer.TestKit;
using Npgsql;

namespace AuthServer.Web.Tests;

/// <summary>
/// docs/operations.md: a store that can't be used stops the start with one sentence and the exit code 1.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartFailureTests : IDisposable
{
    private static readonly Dictionary<string, string> Embedded =
        new(StringComparer.Ordinal) { ["ConnectionStrings__Postgres"] = "" };

    private readonly TemporaryDirectory root = new();

    private string Data => Path.Combine(root.Path, "data");

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task A_file_in_the_place_of_the_data_directory_is_named()
    {
        await File.WriteAllTextAsync(Data, "");

        await AssertUnusableAsync("a file has its name");
    }

    [Fact]
    public async Task An_empty_directory_of_another_user_is_named()
    {
        MakeReachable();
        Directory.CreateDirectory(Data, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await AssertUnusableAsync("access to the path", unprivileged: true);
    }

    [Fact]
    public async Task A_directory_that_can_be_made_nowhere_is_named()
    {
        MakeReachable();
        File.SetUnixFileMode(root.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        await AssertUnusableAsync("access to the path", unprivileged: true);
        File.SetUnixFileMode(root.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_only_file_system_is_named(bool populated)
    {
        Directory.CreateDirectory(Data);
        await MountAsync("size=32m");
        try
        {
            if (populated)
                await StartOnceAsync();
            await RunAsync("mount", "-o", "remount,ro", Data);

            await AssertUnusableAsync("read-only file system");
        }
        finally
        {
            await RunAsync("umount", Data);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public async Task A_full_disk_is_named(int freeKilobytes)
    {
        Directory.CreateDirectory(Data);
        await MountAsync("size=256k");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(Data, "ballast"), new byte[(256 - freeKilobytes) * 1024]);

            await AssertUnusableAsync(freeKilobytes == 0 ? "no space left on device" : "");
        }
        finally
        {
            await RunAsync("umount", Data);
        }
    }

    [Fact]
    public async Task A_database_of_another_user_is_named()
    {
        await StartOnceAsync();
        MakeReachable();
        foreach (var path in Directory.GetFiles(Data).Append(Data))
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Path.Combine(Data, "authserver.db"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        await AssertUnusableAsync("access to the path", unprivileged: true);
    }

    [Fact]
    public async Task Another_server_is_still_named()
    {
        await using var server = await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded);

        var (code, output) = await ServerProcess.FailAsync(Data, Embedded);

        Assert.Equal(1, code);
        Assert.StartsWith($"Another server uses {Data}.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=a;Username=b;Password=c", "Connection refused")]
    [InlineData("Host=nowhere.invalid;Database=a;Username=b;Password=c", "")]
    public async Task A_database_server_that_is_away_is_named(string connection, string cause) =>
        await AssertStoreUnusableAsync(connection, cause);

    [Fact]
    public async Task A_missing_database_is_named() => await AssertStoreUnusableAsync(
        new NpgsqlConnectionStringBuilder(Server) { Database = "no_such_database" }.ConnectionString,
        "database \"no_such_database\" does not exist");

    [Fact]
    public async Task A_user_who_is_not_let_in_is_named() => await AssertStoreUnusableAsync(
        new NpgsqlConnectionStringBuilder(Server) { Username = "no_such_user", Password = "x" }.ConnectionString,
        "\"no_such_user\"");

    [Fact]
    public async Task A_first_start_on_an_empty_database_logs_no_error()
    {
        var name = "first_" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name}");
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Postgres"] =
                    new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["AuthServer__Issuer"] = "https://login.example.com/",
            };
            await using var server = await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), settings);

            // The log is buffered: a stop writes the rest of it.
            server.Terminate();
            await server.UntilExitAsync();
            Assert.Contains("\"Level\":\"Information\"", server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\"Level\":\"Error\"", server.Output, StringComparison.Ordinal);
        }
        finally
        {
            await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static string Server => TestPostgres.Server ?? throw Requires.Missing("PostgreSQL (tests/start-postgres)");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Requires.Tool(program), arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static void AssertOneSentence(string output)
    {
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Another server", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task AssertUnusableAsync(string cause, bool unprivileged = false)
    {
        var (code, output) = await ServerProcess.FailAsync(Data, Embedded, unprivileged);

        Assert.StartsWith($"The data directory {Data} can't be used: {cause}", output, StringComparison.Ordinal);
        AssertOneSentence(output);
        Assert.Equal(1, code);
    }

    private async Task AssertStoreUnusableAsync(string connection, string cause)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = connection,
        };
        var (code, output) = await ServerProcess.FailAsync(Data, settings);

        Assert.StartsWith("The store at ", output, StringComparison.Ordinal);
        Assert.Contains(cause, output, StringComparison.Ordinal);
        AssertOneSentence(output);
        Assert.Equal(1, code);
    }

    /// <summary>A user who is not the owner comes as far as the data directory.</summary>
    private void MakeReachable() =>
        File.SetUnixFileMode(root.Path, File.GetUnixFileMode(root.Path) | (UnixFileMode)0b111);

    private async Task MountAsync(string size)
    {
        if (!Environment.IsPrivilegedProcess)
            throw Requires.Missing("What mounts a file system (root)");
        await RunAsync("mount", "-t", "tmpfs", "-o", size, "tmpfs", Data);
    }

    private async Task StartOnceAsync()
    {
        await using var server = await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded);
        server.Terminate();
        await server.UntilExitAsync();
    }
}
