using System.Linq.Expressions;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>
/// Data in the store when a test begins: clients, APIs, users and sessions. <see cref="Organizations"/> has those of
/// organizations.
/// </summary>
public static class TestData
{
    public const string Callback = "https://app.example.com/callback";
    public const string Api = "https://api.example.com/";

    /// <summary>Secret of every confidential client.</summary>
    public const string Secret = "web-secret-0123456789-abcdefghijklmnopqrstuvwxyz";

    private static readonly ApiScope[] ContactScopes =
    [
        new("read:contacts", "Read your contacts"), new("write:contacts", "Change your contacts"),
    ];

    extension(TestServer server)
    {
        /// <summary>A confidential first-party web application with the code and refresh token grants.</summary>
        /// <param name="change">Makes it different.</param>
        /// <param name="isConnected">Users of the default database may sign in to it.</param>
        public async Task<Client> AddClientAsync(Action<Client>? change = null, bool isConnected = true)
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
            await server.ChangeAsync(async db =>
            {
                db.Add(client);
                if (!isConnected)
                    return;
                var database = await db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase);
                db.Add(new ConnectionClient { ConnectionId = database.Id, ClientId = client.ClientId });
            });
            return client;
        }

        /// <summary>
        /// A public first-party client: a single-page application whose refresh tokens rotate. Users are not asked for
        /// consent.
        /// </summary>
        /// <param name="change">Makes it different.</param>
        /// <param name="isConnected">Users of the default database may sign in to it.</param>
        public Task<Client> AddPublicClientAsync(Action<Client>? change = null, bool isConnected = true) =>
            server.AddClientAsync(
                client =>
                {
                    client.Name = "Appointments";
                    client.AppType = AppTypes.Spa;
                    client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.None;
                    client.RefreshTokens = RefreshTokenPolicy.ForPublic;
                    change?.Invoke(client);
                },
                isConnected);

        /// <summary>An API with offline access and the scopes of contacts.</summary>
        public async Task<ResourceServer> AddApiAsync(Action<ResourceServer>? change = null, string identifier = Api)
        {
            var api = new ResourceServer
            {
                Id = Guid.CreateVersion7(server.Time.GetUtcNow()),
                PublicId = OpaqueToken.Hex(24),
                DisplayName = "Contacts",
                Identifier = identifier,
                Scopes = ContactScopes,
                AllowOfflineAccess = true,
                CreatedAt = server.Time.GetUtcNow(),
            };
            change?.Invoke(api);
            await server.ChangeAsync(db => Task.FromResult(db.Add(api)));
            return api;
        }

        public Task AddClientGrantAsync(string clientId, string audience, string scope) =>
            server.ChangeAsync(db => Task.FromResult(db.Add(new ClientGrant
            {
                Id = "cgr_" + OpaqueToken.Alphanumeric(16),
                ClientId = clientId,
                Audience = audience,
                Scope = Scopes.Stored(scope),
            })));

        /// <summary>A user of a database, who signs in with this password.</summary>
        public async Task<User> AddUserAsync(
            string email, string password, string connection = Connection.DefaultDatabase)
        {
            var user = NewUser.InDatabase(connection, email, server.Time.GetUtcNow());
            var hashing = server.Services.GetRequiredService<IPasswordHashing>();
            var hash = await hashing.HashAsync(password, CancellationToken.None);
            await server.ChangeAsync(db =>
            {
                db.Add(user);
                return Task.FromResult(db.Add(NewUser.CredentialOf(user, hash)));
            });
            return user;
        }

        /// <summary>The first user, whom the start of the server made.</summary>
        public Task<User> AdministratorAsync() =>
            server.WithAsync<AuthDbContext, User>(db => db.Users.SingleAsync(u => u.Email == TestServer.AdminEmail));

        /// <summary>A user as the store has it now.</summary>
        public Task<User> StoredUserAsync(string userId) => server.WithAsync<AuthDbContext, User>(
            db => db.Users.AsNoTracking().SingleAsync(u => u.UserId == userId));

        /// <summary>A client as the store has it now.</summary>
        public Task<Client> StoredClientAsync(string clientId) => server.WithAsync<AuthDbContext, Client>(
            db => db.Clients.AsNoTracking().SingleAsync(c => c.ClientId == clientId));

        /// <summary>The tenant's settings as the store has them now.</summary>
        public Task<TenantSettings> StoredSettingsAsync() => server.WithAsync<AuthDbContext, TenantSettings>(
            db => db.TenantSettings.AsNoTracking().SingleAsync());

        /// <summary>A session of a user, without a login; of the administrator by default.</summary>
        /// <param name="user">The user.</param>
        /// <param name="usedBy">A client that took part in the session.</param>
        /// <returns>The value of its cookie.</returns>
        public async Task<string> StartSessionAsync(User? user = null, Client? usedBy = null)
        {
            user ??= await server.AdministratorAsync();
            var (session, cookie) = SessionRules.Start(
                user.UserId, user.Connection, new TenantSettings(), server.Time.GetUtcNow());
            await server.WithAsync<ISessionStore, int>(async store =>
            {
                await store.TryStartAsync(session, replacedId: null, password: null, CancellationToken.None);
                return 0;
            });
            if (usedBy is not null)
            {
                var used = new SessionClient { SessionId = session.Id, ClientId = usedBy.ClientId, Sid = session.Id };
                await server.ChangeAsync(db => Task.FromResult(db.Add(used)));
            }

            return cookie.Reveal();
        }

        public Task ChangeSettingsAsync(Action<TenantSettings> change) =>
            server.ChangeAsync(async db => change(await db.TenantSettings.SingleAsync()));

        /// <summary>Changes the rows that a condition selects, of which there is one at least.</summary>
        public Task ChangeAsync<T>(Expression<Func<T, bool>> which, Action<T> change)
            where T : class =>
            server.ChangeAsync(async db =>
            {
                var rows = await db.Set<T>().Where(which).ToListAsync();
                if (rows is [])
                    throw new InvalidOperationException($"No {typeof(T).Name} to change.");
                rows.ForEach(change);
            });

        /// <summary>Writes to the store as an administrator would, and notifies the server.</summary>
        public async Task ChangeAsync(Func<AuthDbContext, Task> change)
        {
            await server.WithAsync<AuthDbContext, int>(async db =>
            {
                await change(db);
                return await db.SaveChangesAsync();
            });
            server.Services.GetRequiredService<TenantCache>().Invalidate();
        }
    }

    /// <summary>
    /// The URL of a client's usual authorization request (<see cref="OAuth.RequestOf"/>), with the scopes of a profile;
    /// more parameters replace these, a null drops one.
    /// </summary>
    public static string Authorize(this Client client, params (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(
            "/authorize", OAuth.RequestOf(client, [("scope", "openid profile email"), .. more]));
}
