using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Jose;
using AuthServer.Core.Logs;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tickets;
using AuthServer.Core.Users;
using AuthServer.Storage.Actions;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Clients;
using AuthServer.Storage.Connections;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Logs;
using AuthServer.Storage.Organizations;
using AuthServer.Storage.Postgres;
using AuthServer.Storage.Resources;
using AuthServer.Storage.Roles;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Sql;
using AuthServer.Storage.Sqlite;
using AuthServer.Storage.Tickets;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AuthServer.Storage;

public static class StorageServices
{
    public const string DatabaseFile = "authserver.db";

    /// <summary>The embedded store in <paramref name="dataDirectory"/>, which must exist.</summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services,
        Func<IServiceProvider, string> dataDirectory,
        Func<IServiceProvider, byte[]> masterKey)
    {
        services.AddDbContextPool<SqliteAuthDbContext>((provider, options) => options
            .UseSqlite($"Data Source={DatabaseOf(provider)}")
            .ConfigureWarnings(Configure)
            .AddInterceptors(
                new SqlitePragmas(),
                provider.GetRequiredService<ConfigurationChangeInterceptor>(),
                provider.GetRequiredService<UserSearchIndexer>()));
        services.AddScoped<AuthDbContext>(provider => provider.GetRequiredService<SqliteAuthDbContext>());
        services.AddSingleton(_ => new WriteSerializer(writers: 1));
        services.AddSingleton<IDatabase>(provider => new SqliteDatabase(
            DatabaseOf(provider), provider.GetRequiredService<WriteSerializer>()));
        return services.AddStores(masterKey);

        string DatabaseOf(IServiceProvider provider) => Path.Combine(dataDirectory(provider), DatabaseFile);
    }

    /// <summary>A PostgreSQL database, for any number of nodes with the same <paramref name="masterKey"/>.</summary>
    public static IServiceCollection AddPostgresStorage(
        this IServiceCollection services, string connectionString, Func<IServiceProvider, byte[]> masterKey)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddDbContextPool<PostgresAuthDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .ConfigureWarnings(Configure)
            .AddInterceptors(
                provider.GetRequiredService<ConfigurationChangeInterceptor>(),
                provider.GetRequiredService<UserSearchIndexer>()));
        services.AddSingleton<IDatabase, PostgresDatabase>();
        services.AddScoped<AuthDbContext>(provider => provider.GetRequiredService<PostgresAuthDbContext>());
        services.AddSingleton(_ => new WriteSerializer(writers: int.MaxValue));
        services.AddSingleton<IChangeListener>(provider => new PostgresChangeListener(
            connectionString,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgresChangeListener>>()));
        return services.AddStores(masterKey);
    }

    /// <summary>
    /// OpenIddict maps properties that are computed here, and not stored. A failure is an exception: only the code that
    /// catches it knows whether it is an error, a request that was aborted, or the first migration that asks for a
    /// table that is not there.
    /// </summary>
    private static void Configure(WarningsConfigurationBuilder warnings) => warnings
        .Ignore(CoreEventId.MappedPropertyIgnoredWarning)
        .Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.TransactionError, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug),
            (CoreEventId.SaveChangesFailed, LogLevel.Debug));

    private static IServiceCollection AddStores(
        this IServiceCollection services, Func<IServiceProvider, byte[]> masterKey) =>
        services
            .AddSingleton<ISecretBox>(provider => new SecretBox(masterKey(provider)))
            .AddSingleton<UserSearchIndexer>()
            .AddSingleton<StoreChanges>()
            .AddSingleton<ConfigurationChangeInterceptor>()
            .AddSingleton<ConfigurationCache>()
            .AddSingleton<Tables>()
            .AddScoped<IStoreProbe, StoreProbe>()
            .AddSingleton<IClientStore, ClientStore>()
            .AddSingleton<IResourceServerStore, ResourceServerStore>()
            .AddSingleton<IConnectionStore, ConnectionStore>()
            .AddScoped<IUserStore, UserStore>()
            .AddScoped<IIdentityStore, IdentityStore>()
            .AddSingleton<IAttemptCounters, AttemptCounters>()
            .AddSingleton<ITokenQuotaCounters, TokenQuotaCounters>()
            .AddSingleton<ILoginLimits, LoginLimits>()
            .AddScoped<IPermissionStore, PermissionStore>()
            .AddScoped<IOrganizationStore, OrganizationStore>()
            .AddScoped(provider => new Lazy<AuthDbContext>(provider.GetRequiredService<AuthDbContext>))
            .AddScoped<SessionTerminator>()
            .AddScoped(provider => new Lazy<SessionTerminator>(provider.GetRequiredService<SessionTerminator>))
            .AddScoped<IssuedTickets>()
            .AddScoped<PasswordHistory>()
            .AddScoped<IPasswordHistory>(provider => provider.GetRequiredService<PasswordHistory>())
            .AddScoped<PasswordChange>()
            .AddScoped<ITicketStore, TicketStore>()
            .AddScoped<IPasswordStore, PasswordStore>()
            .AddScoped<ISessionStore, SessionStore>()
            .AddScoped<IAuthorizedApplicationStore, AuthorizedApplicationStore>()
            .AddSingleton<IIssuanceStore, IssuanceStore>()
            .AddSingleton<IStoredTokens, StoredTokens>()
            .AddSingleton<IStoredAuthorizations, StoredAuthorizations>()
            .AddScoped<IConsentStore, ConsentStore>()
            .AddSingleton<IReplayCache, ReplayCache>()
            .AddSingleton<LogEventStore>()
            .AddSingleton<ILogEventStore>(services => services.GetRequiredService<LogEventStore>())
            .AddSingleton<IActionBindings, ActionBindings>()
            .AddScoped<IActionExecutionStore, ActionExecutionStore>()
            .AddScoped<IUserMetadataStore, UserMetadataStore>()
            .AddScoped<IKeyStore, KeyStore>();
}
