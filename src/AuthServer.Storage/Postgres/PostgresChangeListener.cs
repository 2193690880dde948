using Microsoft.Extensions.Logging;
using Npgsql;

namespace AuthServer.Storage.Postgres;

/// <summary>
/// LISTEN on a connection of its own. An announcement is part of the transaction that changes the configuration, so
/// that none is lost with its sender. While the node does not listen (the connection broke, or a pooler in between does
/// not support LISTEN) something may have changed at any time, and a change is reported every second.
/// </summary>
internal sealed class PostgresChangeListener(
    string connectionString, TimeProvider time, ILogger<PostgresChangeListener> log) : IChangeListener
{
    public const string Channel = "authserver_changes";

    private static readonly TimeSpan Blind = TimeSpan.FromSeconds(1);

    public async Task ListenAsync(Action changed, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await ListenOnceAsync(changed, ct);
            }
            catch (Exception broken) when (broken is NpgsqlException or IOException or TimeoutException)
            {
                log.LogWarning(
                    "Not listening for the changes of other nodes ({Reason}); the caches expire every second instead",
                    broken.Message);
            }

            changed();
            await Task.Delay(Blind, time, ct);
        }
    }

    private async Task ListenOnceAsync(Action changed, CancellationToken ct)
    {
        // Keepalive distinguishes a dead connection from a silent one.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, _) => changed();
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);

        // Announcements from before the node listened.
        changed();
        while (true)
            await connection.WaitAsync(ct);
    }
}
