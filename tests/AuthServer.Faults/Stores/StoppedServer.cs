using System.Text.RegularExpressions;
using AuthServer.TestKit;
using Npgsql;

namespace AuthServer.Faults.Stores;

/// <summary>PostgreSQL is stopped at once, as by a crash, and started again.</summary>
internal sealed partial class StoppedServer(Deployment deployment, string stop, string start, string remove)
    : Outage(deployment)
{
    /// <exception cref="NotHereException">PostgreSQL is not installed.</exception>
    public static async Task<Outage> OpenAsync()
    {
        // The server of the tests serves others meanwhile.
        var printed = await Shell.RunAsync("bash", Path.Combine(Repository.Root, "tests", "start-postgres"));
        var server = Exported()
            .Matches(printed)
            .ToDictionary(
                export => export.Groups["name"].Value, export => export.Groups["value"].Value, StringComparer.Ordinal);
        var connection = new NpgsqlConnectionStringBuilder(server["AUTHSERVER_TEST_POSTGRES"]) { Pooling = false };
        await using (var sql = new NpgsqlConnection(connection.ConnectionString))
        {
            await sql.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE DATABASE authserver", sql);
            await create.ExecuteNonQueryAsync();
        }

        (connection.Database, connection.Pooling) = ("authserver", true);
        var (stop, remove) = (server["STOP_TEST_POSTGRES"].Split("; ")[0], server["STOP_TEST_POSTGRES"]);
        var deployment = await Deployment.StartAsync(
            Place.Postgres,
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Postgres"] = connection.ConnectionString,
            });
        return new StoppedServer(deployment, stop, server["START_TEST_POSTGRES"], remove);
    }

    public override Task BreakAsync() => Shell.RunAsync("bash", "-c", stop);

    public override Task MendAsync() => Shell.RunAsync("bash", "-c", start + " >/dev/null 2>&1");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Shell.RunAsync("bash", "-c", remove);
    }

    [GeneratedRegex(
        "export (?<name>\\w+)='(?<value>.*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exported();
}
