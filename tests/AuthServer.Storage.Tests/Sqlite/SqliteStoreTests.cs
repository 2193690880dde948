using AuthServer.Core;
using AuthServer.Storage.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AuthServer.Storage.Tests.Sqlite;

/// <summary>Settings of every connection to the embedded store, and the contents of its files.</summary>
public sealed class SqliteStoreTests(EmbeddedStore store) : IClassFixture<EmbeddedStore>
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("trusted_schema", "0")]
    [InlineData("cell_size_check", "1")]
    public async Task A_connection_has_the_settings_that_durability_needs(string pragma, string value)
    {
        var found = await store.AskAsync<AuthDbContext, string>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            return (await command.ExecuteScalarAsync())!.ToString()!;
        });

        Assert.Equal(value, found);
    }

    [Fact]
    public async Task The_migrations_are_those_of_the_model()
    {
        Assert.False(
            await store.AskAsync<AuthDbContext, bool>(db => Task.FromResult(db.Database.HasPendingModelChanges())));
    }

    /// <summary>A start takes the compiled one, and the migrations come from the other.</summary>
    [Fact]
    public async Task The_compiled_model_is_the_model()
    {
        var (compiled, configured) = await store.AskAsync<AuthDbContext, (string, string)>(db => Task.FromResult((
            Describe(db.Model),
            Describe(db.GetService<IModelRuntimeInitializer>()
                .Initialize(db.GetService<IDesignTimeModel>().Model, designTime: false)))));

        Assert.Equal(configured, compiled);

        static string Describe(IModel model) => model.ToDebugString(MetadataDebugStringOptions.LongDefault);
    }

    /// <summary>
    /// EF Core leaves the transaction for this pragma to rebuild a table; a crash would leave half a migration.
    /// </summary>
    [Fact]
    public async Task The_migrations_run_in_one_transaction()
    {
        var script = await store.AskAsync<AuthDbContext, string>(
            db => Task.FromResult(db.GetService<IMigrator>().GenerateScript()));

        Assert.Contains("CREATE TABLE", script, StringComparison.Ordinal);
        Assert.DoesNotContain("PRAGMA foreign_keys", script, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_sealed_value_opens_only_under_its_own_key_and_purpose()
    {
        var box = new SecretBox(OpaqueToken.Bytes(32));
        var sealedValue = box.Seal("secret"u8, "one purpose");

        Assert.Equal("secret"u8.ToArray(), box.Open(sealedValue, "one purpose"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            box.Open(sealedValue, "another purpose"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            new SecretBox(OpaqueToken.Bytes(32)).Open(sealedValue, "one purpose"));
    }

    [Fact]
    public void Only_its_owner_may_read_the_key_file_and_it_is_made_once()
    {
        var first = MasterKey.ReadOrCreate(store.DataDirectory);

        Assert.Equal(first, MasterKey.ReadOrCreate(store.DataDirectory));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(store.DataDirectory, MasterKey.FileName)));
    }

    [Fact]
    public void A_key_file_with_something_else_in_it_stops_with_a_sentence()
    {
        var directory = Directory.CreateTempSubdirectory("authserver-key-").FullName;
        File.WriteAllText(Path.Combine(directory, MasterKey.FileName), "not a key");

        Assert.Contains(
            "does not hold a key",
            Assert.Throws<InvalidDataException>(() => MasterKey.ReadOrCreate(directory)).Message,
            StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }
}
