using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Storage;
using AuthServer.Web.Tenancy;
using AuthServer.Web.TryIt;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Startup;

/// <summary>
/// Registers the sample application, in Development. After the start, because only then it is known where this server
/// listens, and with it the callbacks.
/// </summary>
internal sealed class SampleApplication(
    IServiceScopeFactory scopes, IssuerSource issuers, SampleClient sample, TimeProvider time) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var client = await db.Clients
            .Where(c => c.DisplayName == SampleClient.Name && c.IsFirstParty)
            .OrderBy(c => c.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        client ??= await AddAsync(db, cancellationToken);
        sample.ClientId = client.ClientId;

        string[] callbacks =
        [
            .. client.Callbacks.Union(
                issuers.All.Select(issuer => issuer.At(SampleClient.CallbackPath)), StringComparer.Ordinal),
        ];
        string[] logouts =
        [
            .. client.AllowedLogoutUrls.Union(
                issuers.All.Select(issuer => issuer.At(SampleClient.StartPath)), StringComparer.Ordinal),
        ];
        if (callbacks.Length == client.Callbacks.Count && logouts.Length == client.AllowedLogoutUrls.Count)
            return;
        (client.Callbacks, client.AllowedLogoutUrls, client.UpdatedAt) = (callbacks, logouts, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Client> AddAsync(AuthDbContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var client = new Client
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
        db.Add(client);
        if (await db.Connections.FirstOrDefaultAsync(c => c.Name == Connection.DefaultDatabase, ct) is { } database)
            db.Add(new ConnectionClient { ConnectionId = database.Id, ClientId = client.ClientId });
        return client;
    }
}
