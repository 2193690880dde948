namespace AuthServer.Storage;

/// <summary>State of the store, for the start and for the health probes.</summary>
public interface IStoreProbe
{
    /// <summary>Whether it can be reached.</summary>
    Task<bool> AnswersAsync(CancellationToken ct);

    /// <summary>
    /// Whether a migration was applied to it that this build does not have. False also when it is empty.
    /// </summary>
    Task<bool> HasUnknownMigrationAsync(CancellationToken ct);

    /// <summary>
    /// Whether it is up to date and filled, so that a start has nothing to do there. False also when it can't be
    /// reached.
    /// </summary>
    Task<bool> IsReadyAsync(CancellationToken ct);
}
