using System.Security.Cryptography;
using System.Text;
using AuthServer.Core;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AuthServer.TestKit;

/// <summary>
/// With a PostgreSQL server for the tests (<c>AUTHSERVER_TEST_POSTGRES</c>, a connection string of a user who may
/// create databases), each test's data directory has a database of its own there instead of the SQLite file; with
/// <c>AUTHSERVER_TEST_STORE=sqlite</c> only in the tests that are about PostgreSQL.
/// </summary>
public static class TestPostgres
{
    private static readonly Lazy<string> Template = new(CreateTemplate);
    private static readonly Lock Creating = new();

    public static string? Server { get; } =
        Environment.GetEnvironmentVariable("AUTHSERVER_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    /// <summary>The tests that don't say otherwise run there.</summary>
    public static bool IsDefault { get; } =
        Server is not null && Environment.GetEnvironmentVariable("AUTHSERVER_TEST_STORE") != "sqlite";

    /// <returns>The connection string of the data directory's database; null where the tests run on SQLite.</returns>
    public static string? For(string dataDirectory) => IsDefault ? DatabaseOf(dataDirectory) : null;

    /// <summary>Creates the data directory's database when it has none yet.</summary>
    /// <returns>Its connection string; null without a server.</returns>
    public static string? DatabaseOf(string dataDirectory)
    {
        if (Server is null)
            return null;
        var name = NameOf(dataDirectory);
        lock (Creating)
        {
            // Databases are copied one at a time: a template must have no other user meanwhile.
            if (!Exists(name))
                Execute($"CREATE DATABASE {name} TEMPLATE {Template.Value}");
        }

        return ConnectionString(name);
    }

    public static void Drop(string dataDirectory)
    {
        if (Server is null)
            return;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString(NameOf(dataDirectory))));
        Execute($"DROP DATABASE IF EXISTS {NameOf(dataDirectory)} WITH (FORCE)");
    }

    /// <summary>The database is gone for its server: existing connections are cut, and new ones fail.</summary>
    public static void Cut(string dataDirectory)
    {
        Alter(dataDirectory, "WITH ALLOW_CONNECTIONS false");
        Disconnect(dataDirectory);
    }

    public static void Mend(string dataDirectory) => Alter(dataDirectory, "WITH ALLOW_CONNECTIONS true");

    public static void Alter(string dataDirectory, string how) =>
        Execute($"ALTER DATABASE {NameOf(dataDirectory)} {how}");

    public static void Disconnect(string dataDirectory) =>
        Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(dataDirectory)}'");

    /// <summary>Whether a transaction waits for another; false without a server.</summary>
    public static bool IsWaiting(string dataDirectory) => Server is not null && Holds(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = $1",
        NameOf(dataDirectory));

    private static string NameOf(string dataDirectory) =>
        "t_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataDirectory))))[..24];

    /// <summary>A migrated, empty database: copying it is faster than migrating each.</summary>
    private static string CreateTemplate()
    {
        var name = $"template_{Environment.ProcessId}";
        Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        Execute($"CREATE DATABASE {name}");
        using (
            var services = new ServiceCollection()
                .AddPostgresStorage(ConnectionString(name), _ => OpaqueToken.Bytes(32))
                .BuildServiceProvider())
        using (var scope = services.CreateScope())
            scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database.Migrate();
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString(name)));
        return name;
    }

    private static string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    private static bool Exists(string name) =>
        Holds("SELECT count(*) FROM pg_database WHERE datname = $1", name);

    private static bool Holds(string sql, string name)
    {
        using var connection = new NpgsqlConnection(Server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = name } },
        };
        return (long)command.ExecuteScalar()! > 0;
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
