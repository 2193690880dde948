using AuthServer.Storage;

namespace AuthServer.Web.Jobs;

/// <summary>Forgets what this node keeps in mind as soon as another node changed it.</summary>
public sealed class ChangeListenerJob(IChangeListener news, StoreChanges changes) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        news.ListenAsync(changes.Notify, stoppingToken);
}
