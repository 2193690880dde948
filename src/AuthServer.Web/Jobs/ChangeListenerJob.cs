using AuthServer.Storage;

namespace AuthServer.Web.Jobs;

/// <summary>Invalidates this node's cache as soon as another node changes the configuration.</summary>
public sealed class ChangeListenerJob(IChangeListener news, StoreChanges changes) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        news.ListenAsync(changes.Notify, stoppingToken);
}
