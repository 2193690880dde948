using AuthServer.Storage;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>A damaged store stops the start with a sentence, and is never taken for an empty one.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly Dictionary<string, string> Embedded = new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Postgres"] = "",
    };

    private readonly TemporaryDirectory directory = new();

    private string Database => Path.Combine(directory.Path, StorageServices.DatabaseFile);

    public static TheoryData<string, Action<FileStream>> Damages => new()
    {
        { "the header", file => Overwrite(file, 0, 100) },
        { "the first page, behind the header", file => Overwrite(file, 100, 3996) },
        { "half of the pages", file => Overwrite(file, file.Length / 2, (int)(file.Length / 2)) },
        { "the end, which is gone", file => file.SetLength(file.Length / 2) },
        { "all of it", file => file.SetLength(0) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_it_does_not_start(string where, Action<FileStream> damage)
    {
        await StartOnceAsync();
        await using (var file = File.Open(Database, FileMode.Open))
            damage(file);

        Assert.Contains("Restore a backup", await RefusedAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(where);
    }

    [Fact]
    public async Task A_store_that_is_not_where_it_was_is_not_begun_anew()
    {
        await StartOnceAsync();
        File.Delete(Database);

        Assert.Contains("Restore a backup", await RefusedAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    public void Dispose() => directory.Dispose();

    private static void Overwrite(FileStream file, long from, int bytes)
    {
        file.Position = from;
        file.Write([.. Enumerable.Repeat((byte)0xA5, bytes)]);
    }

    /// <summary>Stopped as an operator stops it: everything is in the one file.</summary>
    private async Task StartOnceAsync()
    {
        await using var server = await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Embedded);
        server.Terminate();
        await server.UntilExitAsync();
    }

    /// <returns>Output of the server instead of starting.</returns>
    private async Task<string> RefusedAsync()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Embedded));
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }
}
