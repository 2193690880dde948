namespace AuthServer.Storage;

/// <summary>
/// Notifies the caches of the configuration that it may have changed, here
/// (<see cref="ConfigurationChangeInterceptor"/>) or on another node (<see cref="IChangeListener"/>).
/// </summary>
public sealed class StoreChanges
{
    private readonly Lock gate = new();
    private Action subscribers = () => { };

    /// <summary>Subscribes for the lifetime of this object.</summary>
    public void Subscribe(Action forget)
    {
        lock (gate)
            subscribers += forget;
    }

    public void Notify() => subscribers();
}
