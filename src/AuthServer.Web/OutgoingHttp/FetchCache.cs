namespace AuthServer.Web.OutgoingHttp;

/// <summary>
/// Documents of other servers, by URL. Each is fetched once at a time, however many requests wait for it, and at most
/// once a minute, whether it succeeded or not (docs/security.md#what-anyone-can-cause).
/// </summary>
internal sealed class FetchCache<T>(TimeProvider time)
    where T : class
{
    /// <summary>The shortest time between two fetches of a URL.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);

    /// <summary>Also the most URLs that are fetched within <see cref="MinInterval"/>.</summary>
    private const int MaxEntries = 1_000;

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <param name="url">The key.</param>
    /// <param name="maxAge">
    /// How old a result may be; of null, a failure. Less than <see cref="MinInterval"/> counts as that.
    /// </param>
    /// <param name="fetch">
    /// Fetches; null when there was nothing usable. It serves every waiting request, and so has no token of one.
    /// </param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when there was nothing usable, or too many URLs were fetched in the last minute.</returns>
    public Task<T?> GetAsync(string url, Func<T?, TimeSpan> maxAge, Func<Task<T?>> fetch, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Entry? entry;
        lock (entries)
        {
            var isFresh = entries.TryGetValue(url, out entry) && !entry.IsStale(now, maxAge);
            if (!isFresh && (entry is not null || TryMakeSpace(now)))
                entries[url] = entry = new Entry(now, new Lazy<Task<T?>>(fetch));
        }

        return entry is null ? Task.FromResult<T?>(null) : entry.Result.Value.WaitAsync(ct);
    }

    /// <summary>When the last fetch of a URL began; null when it is not cached.</summary>
    public DateTimeOffset? FetchedAt(string url)
    {
        lock (entries)
            return entries.GetValueOrDefault(url)?.StartedAt;
    }

    private bool TryMakeSpace(DateTimeOffset now)
    {
        if (entries.Count < MaxEntries)
            return true;
        var (oldest, entry) = entries.MinBy(pair => pair.Value.StartedAt);
        return now >= entry.StartedAt + MinInterval && entries.Remove(oldest);
    }

    private sealed record Entry(DateTimeOffset StartedAt, Lazy<Task<T?>> Result)
    {
        /// <summary>A fetch that runs, or that is about to, is never stale.</summary>
        public bool IsStale(DateTimeOffset now, Func<T?, TimeSpan> maxAge)
        {
            if (!Result.IsValueCreated || !Result.Value.IsCompleted)
                return false;
            var age = maxAge(Result.Value.IsCompletedSuccessfully ? Result.Value.Result : null);
            return now >= StartedAt + (age > MinInterval ? age : MinInterval);
        }
    }
}
