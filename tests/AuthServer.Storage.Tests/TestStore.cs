using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Users;
using AuthServer.Storage.Keys;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage.Tests;

/// <summary>A migrated store, SQLite or the PostgreSQL that the tests were told of, in a directory of its own, with one user and one client.</summary>
public class TestStore : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("authserver-store-").FullName;

    public ServiceProvider Services { get; private set; } = null!;

    protected virtual string? Postgres => TestPostgres.For(DataDirectory);

    public User User { get; } = NewUser.InDatabase("Username-Password-Authentication", "ada@example.com", Now);

    public Client Client { get; } = new() { ClientId = OpaqueToken.Alphanumeric(32), Name = "Client" };

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        var key = MasterKey.ReadOrCreate(DataDirectory);
        Services = (Postgres is { } postgres ? services.AddPostgresStorage(postgres, key) : services.AddSqliteStorage(DataDirectory, key)).BuildServiceProvider();
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        await db.Database.MigrateAsync();
        db.AddRange(User, Client);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(DataDirectory, recursive: true);
        TestPostgres.Drop(DataDirectory);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks a store, in a scope of its own as each request has.</summary>
    public async Task<T> AskAsync<TStore, T>(Func<TStore, Task<T>> question)
        where TStore : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    public Grant NewGrant() => new()
    {
        Id = Guid.CreateVersion7(Now),
        ClientId = Client.ClientId,
        UserId = User.UserId,
        SessionId = "sid",
        Scopes = Scopes.Stored("openid offline_access"),
        AuthenticatedAt = Now,
        CreatedAt = Now,
        ExpiresAt = Now.AddDays(30),
    };

    public static AuthorizationCode NewCode(Grant grant) => new()
    {
        Hash = OpaqueToken.Create().Hash().Bytes,
        GrantId = grant.Id,
        ExpiresAt = Now.AddSeconds(60),
    };

    public static RefreshToken NewRefreshToken(Grant grant) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Hash = OpaqueToken.Create().Hash().Bytes,
        GrantId = grant.Id,
        IssuedAt = Now,
        ExpiresAt = Now.AddDays(15),
    };
}

/// <summary>SQLite, wherever the other tests run.</summary>
public sealed class EmbeddedStore : TestStore
{
    protected override string? Postgres => null;
}

/// <summary>PostgreSQL, wherever the other tests run; SQLite where there is none, for tests that skip themselves then.</summary>
public sealed class PostgresStore : TestStore
{
    protected override string? Postgres => TestPostgres.DatabaseOf(DataDirectory);
}
