using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Bench;

/// <summary>The embedded store in a directory of its own, with one user and one client.</summary>
internal sealed class BenchStore : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("authserver-bench-").FullName;
    private readonly ServiceProvider services;

    public BenchStore()
    {
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSqliteStorage(_ => directory, _ => OpaqueToken.Bytes(32))
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        db.Database.Migrate();
        db.AddRange(User, Client);
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }

    public User User { get; } = NewUser.InDatabase(
        Connection.DefaultDatabase, "ada@example.com", TimeProvider.System.GetUtcNow());

    public Client Client { get; } = new()
    {
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        ClientId = OpaqueToken.Alphanumeric(32),
        Name = "Client",
    };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Authorization NewAuthorization(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Type = AuthorizationTypes.AdHoc,
        ApplicationId = Client.Id,
        ClientId = Client.ClientId,
        UserId = User.UserId,
        Subject = User.UserId,
        GrantedScopes = Core.Scopes.Stored("openid offline_access"),
        AuthenticatedAt = now,
        CreationDate = now.UtcDateTime,
        ExpiresAt = now.AddDays(30),
    };

    public static Token NewRefreshToken(Authorization authorization, TokenHash hash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Type = TokenTypeIdentifiers.RefreshToken,
        ReferenceId = hash.ReferenceId,
        ApplicationId = authorization.ApplicationId,
        AuthorizationId = authorization.Id,
        Subject = authorization.Subject,
        CreationDate = now.UtcDateTime,
        ExpirationDate = now.AddDays(15).UtcDateTime,
    };

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
