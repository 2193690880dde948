using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage.Keys;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Tests;

/// <summary>
/// A migrated store, SQLite or the PostgreSQL server of the tests, in a directory of its own, with one user and one
/// client.
/// </summary>
public class TestStore : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("authserver-store-").FullName;

    public ServiceProvider Services { get; private set; } = null!;

    protected virtual string? Postgres => TestPostgres.For(DataDirectory);

    public User User { get; } = NewUser.InDatabase("Username-Password-Authentication", "ada@example.com", Now);

    public Client Client { get; } = new()
    {
        Id = Guid.CreateVersion7(Now),
        ClientId = OpaqueToken.Alphanumeric(32),
        Name = "Client",
    };

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        var key = MasterKey.ReadOrCreate(DataDirectory);
        Services = (
            Postgres is { } postgres
                ? services.AddPostgresStorage(postgres, _ => key)
                : services.AddSqliteStorage(_ => DataDirectory, _ => key)).BuildServiceProvider();
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

    /// <summary>Calls a store, in a scope of its own as each request has.</summary>
    public async Task<T> AskAsync<TStore, T>(Func<TStore, Task<T>> question)
        where TStore : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    public Authorization NewAuthorization(string? userId = null) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Type = AuthorizationTypes.AdHoc,
        ApplicationId = Client.Id,
        ClientId = Client.ClientId,
        UserId = userId ?? User.UserId,
        Subject = userId ?? User.UserId,
        GrantedScopes = Core.Scopes.Stored("openid offline_access"),
        AuthenticatedAt = Now,
        CreationDate = Now.UtcDateTime,
        ExpiresAt = Now.AddDays(30),
    };

    public Task<NewAuthorizationOutcome> AddAsync(NewAuthorization created) =>
        AskAsync<IIssuanceStore, NewAuthorizationOutcome>(s => s.AddAsync(created, CancellationToken.None));

    public static Token NewCode(Authorization authorization) =>
        NewToken(authorization, TokenTypeIdentifiers.Private.AuthorizationCode, Now.AddSeconds(60));

    public static Token NewRefreshToken(Authorization authorization) =>
        NewToken(authorization, TokenTypeIdentifiers.RefreshToken, Now.AddDays(15));

    private static Token NewToken(Authorization authorization, string type, DateTimeOffset end) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Type = type,
        ReferenceId = OpaqueToken.Create().Hash().ReferenceId,
        ApplicationId = authorization.ApplicationId,
        AuthorizationId = authorization.Id,
        Subject = authorization.Subject,
        CreationDate = Now.UtcDateTime,
        ExpirationDate = end.UtcDateTime,
    };
}

/// <summary>SQLite, wherever the other tests run.</summary>
public sealed class EmbeddedStore : TestStore
{
    protected override string? Postgres => null;
}

/// <summary>
/// PostgreSQL, wherever the other tests run; SQLite where there is none, for tests that skip themselves then.
/// </summary>
public sealed class PostgresStore : TestStore
{
    protected override string? Postgres => TestPostgres.DatabaseOf(DataDirectory);
}
