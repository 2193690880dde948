using System.Data.Common;
using AuthServer.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AuthServer.Web.Tests;

/// <summary>An invalid configuration stops the start with one sentence that names the setting.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("AuthServer__Isuer", "https://login.example.com/", "Isuer")]
    [InlineData("AuthServer__Issuer", "https://login.example.com/path", "must be only scheme, host and port")]
    [InlineData("AuthServer__TrustedProxies__0", "everybody", "must have addresses or CIDR blocks")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production", "AuthServer__Issuer is not set")]
    public async Task A_wrong_setting_is_named(string setting, string value, string sentence)
    {
        var output = await FailAsync(new Dictionary<string, string> { [setting] = value });

        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_an_https_listener_needs_a_certificate()
    {
        var output = await FailAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AuthServer__Issuer"] = "https://login.example.com/",
            ["ASPNETCORE_URLS"] = "https://127.0.0.1:0",
        });

        Assert.Contains("Kestrel__Certificates__Default__Path", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_is_none_is_named()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "master.key"), "not a key");

        var output = await FailAsync(new Dictionary<string, string>(), directory.Path);

        Assert.Contains("does not hold a key", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_of_another_store_is_named()
    {
        using var directory = new TemporaryDirectory();
        await using (await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort()))
            File.Delete(Path.Combine(directory.Path, "master.key"));

        Assert.Contains(
            "is not the key under which this store was encrypted",
            await FailAsync(new Dictionary<string, string>(), directory.Path),
            StringComparison.Ordinal);
    }

    /// <summary>On whichever store the tests run.</summary>
    [Fact]
    public async Task A_store_of_an_earlier_version_is_named_and_left_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        await using DbConnection store = TestPostgres.For(directory.Path) is { } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={Path.Combine(directory.Path, "authserver.db")};Pooling=False");
        await store.OpenAsync();
        await ExecuteAsync(store, """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory"
                ("MigrationId" text NOT NULL PRIMARY KEY, "ProductVersion" text NOT NULL)
            """);
        await ExecuteAsync(store, """DELETE FROM "__EFMigrationsHistory" """);
        await ExecuteAsync(
            store, """INSERT INTO "__EFMigrationsHistory" VALUES ('20261121133431_Initial', '10.0.14')""");

        var output = await FailAsync(new Dictionary<string, string>(), directory.Path);

        var place = store is SqliteConnection ? store.DataSource : $"{store.DataSource}/{store.Database}";
        Assert.Contains(
            $"The store at {place} was made by an earlier version, whose data this one cannot read. "
            + "Set AuthServer__DataDirectory (or the database) to an empty one, or start the earlier version.",
            output,
            StringComparison.Ordinal);
        Assert.Equal(1L, await ExecuteAsync(store, """SELECT count(*) FROM "__EFMigrationsHistory" """));
    }

    private static async Task<object?> ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<string> FailAsync(Dictionary<string, string> environment)
    {
        using var directory = new TemporaryDirectory();
        return await FailAsync(environment, directory.Path);
    }

    private static async Task<string> FailAsync(Dictionary<string, string> environment, string directory)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync(directory, ServerProcess.FreePort(), environment));
        return failure.Message;
    }
}
