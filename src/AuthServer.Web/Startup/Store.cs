using AuthServer.Storage;
using AuthServer.Storage.Keys;
using AuthServer.Web.Jobs;
using Npgsql;

namespace AuthServer.Web.Startup;

/// <summary>Which store: PostgreSQL when there is a connection string, else the embedded one.</summary>
internal static class Store
{
    /// <exception cref="StartupException">The connection string can't be used.</exception>
    public static void Add(WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString("Postgres") is not { Length: > 0 } postgres)
        {
            builder.Services.AddSingleton<DataDirectoryLock>().AddSqliteStorage(
                provider => provider.GetRequiredService<DataDirectory>().Path, KeyOf);
            return;
        }

        try
        {
            builder.Services.AddPostgresStorage(WithTimeouts(new NpgsqlConnectionStringBuilder(postgres)), KeyOf);
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

    private static byte[] KeyOf(IServiceProvider provider)
    {
        if (provider.GetRequiredService<ServerOptions>().MasterKey is { Length: > 0 } given)
            return MasterKey.Parse(given)!;
        var data = provider.GetRequiredService<DataDirectory>();
        return data.Use(() => MasterKey.ReadOrCreate(data.Path));
    }
}
