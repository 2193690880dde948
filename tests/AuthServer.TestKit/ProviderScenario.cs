using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>
/// A server that may connect to providers on this machine, an application, one provider and its connection.
/// </summary>
public sealed class ProviderScenario : IAsyncDisposable
{
    private ProviderScenario(TestServer server, FakeProvider provider, Client client) =>
        (Server, Provider, Client) = (server, provider, client);

    public TestServer Server { get; }

    public FakeProvider Provider { get; }

    /// <summary>Has the database and the connection <c>corp</c>.</summary>
    public Client Client { get; }

    public static async Task<ProviderScenario> StartAsync()
    {
        var server = new TestServer(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["AuthServer:AllowLoopbackFetches"] = "true",
            });
        return new ProviderScenario(
            server, await FakeProvider.StartAsync(server.Time), await server.AddPublicClientAsync());
    }

    /// <summary>A connection as it is stored, enabled for the client; the options are not checked.</summary>
    public async Task<Connection> ConnectAsync(
        string name,
        string strategy,
        object options,
        string secret = FakeProvider.ClientSecret,
        Action<Connection>? change = null,
        bool enabled = true)
    {
        var json = JsonSerializer.SerializeToNode(options)!.AsObject();
        json["client_id"] ??= FakeProvider.ClientId;
        var connection = new Connection
        {
            Id = "con_" + OpaqueToken.Alphanumeric(16),
            Name = name,
            Strategy = strategy,
            ShowAsButton = true,
            Options = json.ToJsonString(),
        };
        ConnectionSecrets.Set(connection, secret, Server.Services.GetRequiredService<ISecretBox>());
        if (enabled)
            connection.Clients.Add(new ConnectionClient { ConnectionId = connection.Id, ClientId = Client.ClientId });
        change?.Invoke(connection);
        await Server.ChangeAsync(db => Task.FromResult(db.Add(connection)));
        return connection;
    }

    /// <summary>From the application to the provider: the URL that it is asked by.</summary>
    public async Task<Uri> LeaveAsync(
        Browser browser, string connection = "corp", params (string Name, string? Value)[] more)
    {
        await browser.OpenAsync(Client.Authorize([("connection", connection), .. more]));
        return browser.LeftTo
            ?? throw new InvalidOperationException($"Still at {browser.Url} ({browser.Status}): {browser.Text}");
    }

    /// <summary>There and back.</summary>
    public async Task<Browser> SignInWithProviderAsync(
        Browser browser,
        FakeProvider? provider = null,
        string connection = "corp",
        params (string Name, string? Value)[] more
    ) => await browser.OpenAsync((provider ?? Provider).Agree(await LeaveAsync(browser, connection, more)));

    /// <summary>
    /// As at the start, for the next test of a class: no user but the administrator, no session, and the one
    /// connection.
    /// </summary>
    public async Task ResetAsync()
    {
        Provider.Reset();
        Server.Time.Advance(TimeSpan.FromHours(2));
        await Server.ChangeAsync(async db =>
        {
            await db.Sessions.ExecuteDeleteAsync();
            await db.Users.Where(u => u.Email != TestServer.AdminEmail).ExecuteDeleteAsync();
            await db.Connections.Where(c => c.Strategy != Connection.DatabaseStrategy).ExecuteDeleteAsync();
            var database = await db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase);
            if (!await db.ConnectionClients.AnyAsync(c =>
                    c.ClientId == Client.ClientId && c.ConnectionId == database.Id))
                db.Add(new ConnectionClient { ConnectionId = database.Id, ClientId = Client.ClientId });
        });
        await ConnectAsync("corp", "oidc", new { issuer = Provider.Url });
    }

    public static Dictionary<string, string> QueryOf(Uri url) =>
        QueryHelpers
            .ParseQuery(url.Query)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    public Task<List<User>> UsersAsync() =>
        Server.WithAsync<AuthDbContext, List<User>>(db =>
            db.Users.AsNoTracking()
                .Include(u => u.Identities)
                .Where(u => u.Email != TestServer.AdminEmail)
                .OrderBy(u => u.UserId)
                .ToListAsync());

    public Task<int> SessionsAsync() => Server.WithAsync<AuthDbContext, int>(db => db.Sessions.CountAsync());

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Server.DisposeAsync();
    }
}
