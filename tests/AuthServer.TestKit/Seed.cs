using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Storage;
using AuthServer.Web.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>The usual inhabitants, put straight into the store.</summary>
public static class Seed
{
    public const string Callback = "https://app.example.com/callback";
    public const string Api = "https://api.example.com/";
    public const string Secret = "web-secret-0123456789-abcdefghijklmnopqrstuvwxyz";

    extension(TestServer server)
    {
        /// <summary>
        /// A confidential first-party web application, with the default connection and both user grants.
        /// </summary>
        public Task<Client> AddClientAsync(Action<Client>? change = null) =>
            server.WithAsync<AuthDbContext, Client>(async db =>
            {
                var now = server.Time.GetUtcNow();
                var client = new Client
                {
                    Id = Guid.CreateVersion7(now),
                    ClientId = OpaqueToken.Alphanumeric(32),
                    Name = "Web application",
                    AppType = AppTypes.RegularWeb,
                    GrantTypes = ["authorization_code", "refresh_token"],
                    Callbacks = [Callback],
                    AllowedLogoutUrls = ["https://app.example.com/bye"],
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                ClientSecrets.Set(client, new Secret(Secret), server.Services.GetRequiredService<ISecretBox>());
                change?.Invoke(client);
                if (client.IsPublic)
                    ClientSecrets.Remove(client);
                db.Add(client);
                var connection = await db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase);
                db.Add(new ConnectionClient { ConnectionId = connection.Id, ClientId = client.ClientId });
                await db.SaveChangesAsync();
                server.Services.GetRequiredService<TenantCache>().Invalidate();
                return client;
            });

        /// <summary>A public client: a single-page application whose refresh tokens rotate.</summary>
        public Task<Client> AddPublicClientAsync(Action<Client>? change = null) => server.AddClientAsync(client =>
        {
            client.Name = "Single-page application";
            client.AppType = AppTypes.Spa;
            client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.None;
            client.RefreshTokens = RefreshTokenPolicy.ForPublic;
            change?.Invoke(client);
        });

        public Task<ResourceServer> AddApiAsync(Action<ResourceServer>? change = null, string identifier = Api) =>
            server.WithAsync<AuthDbContext, ResourceServer>(async db =>
            {
                var api = new ResourceServer
                {
                    Id = Guid.CreateVersion7(server.Time.GetUtcNow()),
                    PublicId = OpaqueToken.Hex(24),
                    DisplayName = "Contacts",
                    Identifier = identifier,
                    Scopes =
                    [
                        new ApiScope("read:contacts", "Read your contacts"),
                        new ApiScope("write:contacts", "Change your contacts"),
                    ],
                    AllowOfflineAccess = true,
                    CreatedAt = server.Time.GetUtcNow(),
                };
                change?.Invoke(api);
                db.Add(api);
                await db.SaveChangesAsync();
                return api;
            });

        public Task AddClientGrantAsync(string clientId, string audience, string scope) =>
            server.WithAsync<AuthDbContext, int>(db =>
            {
                db.Add(
                    new ClientGrant
                    {
                        Id = "cgr_" + OpaqueToken.Alphanumeric(16),
                        ClientId = clientId,
                        Audience = audience,
                        Scope = Scopes.Stored(scope),
                    });
                return db.SaveChangesAsync();
            });

        public Task<User> AdministratorAsync() =>
            server.WithAsync<AuthDbContext, User>(db => db.Users.SingleAsync(u => u.Email == TestServer.AdminEmail));

        /// <summary>
        /// A signed-in browser: the value of its session cookie. With <paramref name="usedBy"/> the client took part in
        /// the session.
        /// </summary>
        public async Task<string> SignInAsync(User? user = null, Client? usedBy = null)
        {
            user ??= await server.AdministratorAsync();
            var (session, cookie) = SessionRules.Start(
                user.UserId, user.Connection, new TenantSettings(), server.Time.GetUtcNow());
            await server.WithAsync<ISessionStore, int>(async store =>
            {
                await store.StartAsync(session, replacedId: null, CancellationToken.None);
                return 0;
            });
            if (usedBy is not null)
            {
                var used = new SessionClient { SessionId = session.Id, ClientId = usedBy.ClientId, Sid = session.Id };
                await server.ChangeAsync(db => Task.FromResult(db.Add(used)));
            }

            return cookie.Reveal();
        }

        public Task<int> ChangeAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which, Action<T> change)
            where T : class =>
            server.WithAsync<AuthDbContext, int>(async db =>
            {
                foreach (var row in await db.Set<T>().Where(which).ToListAsync())
                    change(row);
                var changed = await db.SaveChangesAsync();
                server.Services.GetRequiredService<TenantCache>().Invalidate();
                return changed;
            });
    }
}
