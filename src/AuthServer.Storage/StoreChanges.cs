namespace AuthServer.Storage;

/// <summary>
/// Notifies the caches of the configuration that it may have changed, here
/// (<see cref="ConfigurationChangeInterceptor"/>) or on another node (<see cref="IChangeListener"/>).
/// </summary>
public sealed class StoreChanges
{
    private readonly Lock gate = new();
    private Action told = () => { };

    /// <summary>For as long as this lives.</summary>
    public void Subscribe(Action forget)
    {
        lock (gate)
            told += forget;
    }

    public void Notify() => told();
}
