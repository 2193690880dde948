namespace AuthServer.Storage;

/// <summary>
/// What other nodes changed (<see cref="AuthDbContext.AnnounceAsync"/>). There is none where one process owns the
/// store.
/// </summary>
public interface IChangeListener
{
    /// <summary>
    /// Runs until it is cancelled, and calls <paramref name="changed"/> whenever something may have been changed
    /// elsewhere.
    /// </summary>
    Task ListenAsync(Action changed, CancellationToken ct);
}
