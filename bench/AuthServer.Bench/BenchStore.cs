using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Bench;

/// <summary>The embedded store in a directory of its own, with one user and one client.</summary>
internal sealed class BenchStore : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("authserver-bench-").FullName;
    private readonly ServiceProvider services;

    public BenchStore()
    {
        services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSqliteStorage(directory, OpaqueToken.Bytes(32)).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        db.Database.Migrate();
        db.AddRange(User, Client);
        db.SaveChanges();
    }

    public User User { get; } = NewUser.InDatabase("Username-Password-Authentication", "ada@example.com", TimeProvider.System.GetUtcNow());

    public Client Client { get; } = new() { ClientId = OpaqueToken.Alphanumeric(32), Name = "Client" };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Grant NewGrant(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = Client.ClientId,
        UserId = User.UserId,
        SessionId = "",
        Scopes = Scopes.Stored("openid offline_access"),
        AuthenticatedAt = now,
        CreatedAt = now,
        ExpiresAt = now.AddDays(30),
    };

    public static RefreshToken NewRefreshToken(Grant grant, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Hash = OpaqueToken.Create().Hash().Bytes,
        GrantId = grant.Id,
        IssuedAt = now,
        ExpiresAt = now.AddDays(15),
    };

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
