using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>Data in the store when a test begins.</summary>
public static class Given
{
    public const string Callback = "https://app.example/callback";
    public const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";

    public static string Challenge { get; } =
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>
    /// A public first-party web application with a verifiable callback: users are not asked for consent.
    /// </summary>
    public static async Task<Client> ClientAsync(
        this TestServer server,
        string name = "Appointments",
        string callback = Callback,
        bool firstParty = true,
        string? appType = AppTypes.Spa,
        bool connected = true)
    {
        var client = new Client
        {
            Id = Guid.CreateVersion7(server.Time.GetUtcNow()),
            ClientId = OpaqueToken.Alphanumeric(32),
            Name = name,
            AppType = appType,
            IsFirstParty = firstParty,
            GrantTypes = ["authorization_code", "refresh_token"],
            Callbacks = [callback],
            TokenEndpointAuthMethod = TokenEndpointAuthMethods.None,
            CreatedAt = server.Time.GetUtcNow(),
        };
        await server.ChangeAsync(async db =>
        {
            db.Add(client);
            if (connected)
                db.Add(
                    new ConnectionClient
                    {
                        ConnectionId = (await db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase)).Id,
                        ClientId = client.ClientId,
                    });
        });
        return client;
    }

    public static async Task<ResourceServer> ApiAsync(
        this TestServer server, string identifier, params (string Value, string? Description)[] scopes)
    {
        var api = new ResourceServer
        {
            Id = Guid.CreateVersion7(server.Time.GetUtcNow()),
            PublicId = OpaqueToken.Hex(24),
            DisplayName = "Appointments API",
            Identifier = identifier,
            Scopes = [.. scopes.Select(scope => new ApiScope(scope.Value, scope.Description))],
            AllowOfflineAccess = true,
        };
        await server.ChangeAsync(db => Task.FromResult(db.Add(api)));
        return api;
    }

    public static async Task<User> UserAsync(
        this TestServer server, string email, string password, string connection = Connection.DefaultDatabase)
    {
        var user = NewUser.InDatabase(connection, email, server.Time.GetUtcNow());
        var hash = await server
            .Services.GetRequiredService<IPasswordHashing>()
            .HashAsync(password, CancellationToken.None);
        await server.ChangeAsync(db =>
        {
            db.Add(user);
            return Task.FromResult(db.Add(NewUser.CredentialOf(user, hash)));
        });
        return user;
    }

    public static Task SettingsAsync(this TestServer server, Action<TenantSettings> change) =>
        server.ChangeAsync(async db => change(await db.TenantSettings.SingleAsync()));

    /// <summary>Writes to the store as an administrator would, and notifies the server.</summary>
    public static async Task ChangeAsync(this TestServer server, Func<AuthDbContext, Task> change)
    {
        await server.WithAsync<AuthDbContext, int>(async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        });
        server.Services.GetRequiredService<TenantCache>().Invalidate();
    }

    /// <summary>
    /// An authorization request for the code flow with PKCE; parameters are added, replaced, or dropped when null.
    /// </summary>
    public static string Authorize(this Client client, params (string Name, string? Value)[] parameters)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = client.ClientId,
            ["redirect_uri"] = client.Callbacks[0],
            ["scope"] = "openid profile email",
            ["state"] = "xyzABC123",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in parameters)
        {
            query.Remove(name);
            if (value is not null)
                query[name] = value;
        }

        return QueryHelpers.AddQueryString("/authorize", query);
    }

    /// <summary>Signs the administrator in on the login page that the browser shows.</summary>
    public static Task<Browser> SignInAsync(
        this Browser browser,
        string email = TestServer.AdminEmail,
        string password = TestServer.AdminPassword
    ) => browser.Fill("username", email).Fill("password", password).ClickAsync("login-submit");

    /// <summary>One parameter of the answer that the browser carried away.</summary>
    public static string? Returned(this Browser browser, string name)
    {
        var left =
            browser.LeftTo
            ?? throw new InvalidOperationException(
                $"The browser is still at {browser.Url} ({browser.Status}): {browser.Text}");
        return QueryHelpers.ParseQuery(left.Query).TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
