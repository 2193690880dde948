using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Grants;
using AuthServer.Core.Jose;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Storage.Clients;
using AuthServer.Storage.Connections;
using AuthServer.Storage.Grants;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Organizations;
using AuthServer.Storage.Resources;
using AuthServer.Storage.Roles;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Sqlite;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage;

public static class StorageServices
{
    private const string DatabaseFile = "authserver.db";

    /// <summary>The embedded store in <paramref name="dataDirectory"/>, which must exist.</summary>
    /// <exception cref="InvalidDataException">The directory's key file holds no key.</exception>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string dataDirectory)
    {
        var database = Path.Combine(dataDirectory, DatabaseFile);
        services.AddDbContextPool<SqliteAuthDbContext>(options => options
            .UseSqlite($"Data Source={database}")
            .AddInterceptors(new SqlitePragmas()));
        services.AddScoped<AuthDbContext>(provider => provider.GetRequiredService<SqliteAuthDbContext>());
        services.AddSingleton(_ => new WriteQueue(writers: 1));
        services.AddSingleton<ISecretBox>(_ => new SecretBox(MasterKey.ReadOrCreate(dataDirectory)));
        return services
            .AddScoped<StoreProbe>()
            .AddScoped<IClientStore, ClientStore>()
            .AddScoped<IResourceServerStore, ResourceServerStore>()
            .AddScoped<IConnectionStore, ConnectionStore>()
            .AddScoped<IUserStore, UserStore>()
            .AddScoped<IAttemptCounters, AttemptCounters>()
            .AddScoped<IPermissionStore, PermissionStore>()
            .AddScoped<IOrganizationStore, OrganizationStore>()
            .AddScoped<EndedSessions>()
            .AddScoped<ISessionStore, SessionStore>()
            .AddScoped<IApprovalStore, ApprovalStore>()
            .AddScoped<IGrantStore, GrantStore>()
            .AddScoped<IRefreshTokenStore, RefreshTokenStore>()
            .AddScoped<IAccessTokenStore, AccessTokenStore>()
            .AddScoped<IConsentStore, ConsentStore>()
            .AddScoped<ISpentArtefacts, SpentArtefacts>()
            .AddScoped<IKeyStore, KeyStore>();
    }
}
