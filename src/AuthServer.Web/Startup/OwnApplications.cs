using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Roles;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Tenancy;
using AuthServer.Web.TryIt;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Startup;

/// <summary>
/// Registers this server's own applications: the dashboard, with the roles that open it, and in Development the sample
/// application. After the start, because only then it is known where this server listens, and with it the callbacks.
/// </summary>
internal sealed class OwnApplications(
    IServiceScopeFactory scopes,
    IssuerSource issuers,
    ServerOptions options,
    IHostEnvironment environment,
    SampleClient sample,
    TimeProvider time)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!options.Dashboard.Enabled && !environment.IsDevelopment())
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var administrators = scope.ServiceProvider.GetRequiredService<AdministratorService>();
        await db.RunExclusiveAsync(
            "own-applications", () => RegisterAsync(db, administrators, cancellationToken), cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAsync(AuthDbContext db, AdministratorService administrators, CancellationToken ct)
    {
        if (options.Dashboard.Enabled)
        {
            if (!await administrators.AnyAsync(ct))
                await AddRolesAsync(db, ct);
            var dashboard = await db.Clients.SingleOrDefaultAsync(c => c.ClientId == DashboardApplication.ClientId, ct)
                ?? await AddAsync(db, DashboardApplication.New(time.GetUtcNow()), ct);
            AddAddresses(dashboard, DashboardApplication.CallbackPath, logoutPath: null);
        }

        if (environment.IsDevelopment())
        {
            var client = await db.Clients
                .Where(c => c.DisplayName == SampleClient.Name && c.IsFirstParty)
                .OrderBy(c => c.CreatedAt)
                .FirstOrDefaultAsync(ct)
                ?? await AddAsync(db, NewSample(time.GetUtcNow()), ct);
            AddAddresses(client, SampleClient.CallbackPath, SampleClient.StartPath);
            sample.ClientId = client.ClientId;
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>The roles that a store of an earlier version lacks. Who gets them is the operator's decision.</summary>
    private async Task AddRolesAsync(AuthDbContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var role in (Role[])[DefaultRoles.Administrator(now), DefaultRoles.Viewer(now)])
        {
            if (!await db.Roles.AnyAsync(r => r.Name == role.Name, ct))
                db.Add(role);
        }
    }

    /// <summary>One of each for every issuer of this process.</summary>
    private void AddAddresses(Client client, string callbackPath, string? logoutPath)
    {
        var (callbacks, logouts) = (With(client.Callbacks, callbackPath), With(client.AllowedLogoutUrls, logoutPath));
        if (callbacks.Count == client.Callbacks.Count && logouts.Count == client.AllowedLogoutUrls.Count)
            return;
        (client.Callbacks, client.AllowedLogoutUrls, client.UpdatedAt) = (callbacks, logouts, time.GetUtcNow());
    }

    private IReadOnlyList<string> With(IReadOnlyList<string> urls, string? path) =>
        path is null ? urls : [.. urls.Union(issuers.All.Select(issuer => issuer.At(path)), StringComparer.Ordinal)];

    private static async Task<Client> AddAsync(AuthDbContext db, Client client, CancellationToken ct)
    {
        db.Add(client);
        if (await db.Connections.FirstOrDefaultAsync(c => c.Name == Connection.DefaultDatabase, ct) is { } database)
            db.Add(new ConnectionClient { ConnectionId = database.Id, ClientId = client.ClientId });
        return client;
    }

    private static Client NewSample(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = OpaqueToken.Alphanumeric(32),
        Name = SampleClient.Name,
        AppType = AppTypes.Spa,
        GrantTypes = ["authorization_code", "refresh_token"],
        TokenEndpointAuthMethod = TokenEndpointAuthMethods.None,
        RefreshTokens = RefreshTokenPolicy.ForPublic,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
