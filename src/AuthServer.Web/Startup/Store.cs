using AuthServer.Storage;
using AuthServer.Storage.Keys;
using AuthServer.Web.Jobs;
using Npgsql;

namespace AuthServer.Web.Startup;

/// <summary>Which store: PostgreSQL when there is a connection string, else the embedded one.</summary>
internal static class Store
{
    /// <exception cref="StartupException">The connection string or the key can't be used.</exception>
    public static void Add(WebApplicationBuilder builder, ServerOptions options, DataDirectory data)
    {
        var key = KeyOf(options, data);
        if (builder.Configuration.GetConnectionString("Postgres") is not { Length: > 0 } postgres)
        {
            builder.Services.AddSingleton<DataDirectoryLock>().AddSqliteStorage(data.Path, key);
            return;
        }

        try
        {
            builder.Services.AddPostgresStorage(WithTimeouts(new NpgsqlConnectionStringBuilder(postgres)), key);
        }
        catch (ArgumentException malformed)
        {
            throw new StartupException(
                $"ConnectionStrings__Postgres can't be read: {malformed.Message} It looks like "
                    + "Host=...;Username=...;Password=...;Database=...");
        }

        builder.Services.AddHostedService<ChangeListenerJob>();
    }

    /// <summary>
    /// Unless the operator configures it otherwise: the server waits three seconds for a database that does not answer,
    /// and the client is asked to try again. A connection that went silent takes up to three times as long, because
    /// Npgsql tries to cancel the command first, with TLS and without.
    /// </summary>
    private static string WithTimeouts(NpgsqlConnectionStringBuilder settings)
    {
        const int Seconds = 3;
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = Seconds;
        if (!settings.ShouldSerialize("Command Timeout"))
            settings.CommandTimeout = Seconds;
        return settings.ConnectionString;
    }

    private static byte[] KeyOf(ServerOptions options, DataDirectory data)
    {
        if (options.MasterKey is not { Length: > 0 } given)
            return data.Use(() => MasterKey.ReadOrCreate(data.Path));
        return MasterKey.Parse(given) is { } key && LooksRandom(key)
            ? key
            : throw new StartupException(
                "AuthServer__MasterKey is not 32 random bytes in base64. Make one with: openssl rand -base64 32");
    }

    /// <summary>Of 32 random bytes about thirty differ.</summary>
    private static bool LooksRandom(byte[] key) => key.Distinct().Count() >= 16;
}
