using AuthServer.Storage;
using AuthServer.Web.Http;

namespace AuthServer.Web.Jobs;

/// <summary>Forgets what this node keeps in mind as soon as another node changed it.</summary>
public sealed class StoreNewsJob(IStoreNews news, TenantSource tenants) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => news.ListenAsync(tenants.Invalidate, stoppingToken);
}
