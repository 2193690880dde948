namespace AuthServer.Faults.Stores;

/// <summary>A way in which the store of a deployment fails, and heals.</summary>
public abstract class Outage(Deployment deployment) : IAsyncDisposable
{
    public Deployment Deployment { get; } = deployment;

    /// <summary>Nothing can be stored meanwhile.</summary>
    public virtual bool IsTotal => true;

    public abstract Task BreakAsync();

    public abstract Task MendAsync();

    public virtual ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
