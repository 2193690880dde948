namespace AuthServer.Storage;

/// <summary>
/// Listens for changes of other nodes (<see cref="AuthDbContext.AnnounceAsync"/>). Not registered where one process
/// owns the store.
/// </summary>
public interface IChangeListener
{
    /// <summary>
    /// Runs until it is cancelled, and calls <paramref name="changed"/> whenever something may have been changed
    /// elsewhere.
    /// </summary>
    Task ListenAsync(Action changed, CancellationToken ct);
}
