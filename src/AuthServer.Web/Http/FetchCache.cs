using System.Collections.Concurrent;

namespace AuthServer.Web.Http;

/// <summary>
/// What was fetched from other servers, by URL: one fetch at a time, however many requests wait for it.
/// </summary>
internal sealed class FetchCache<T>(TimeProvider time)
    where T : class
{
    private const int MaxEntries = 1_000;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <param name="url">The key.</param>
    /// <param name="maxAge">How old a result may be; of null, a failure.</param>
    /// <param name="fetch">Fetches; null when there was nothing usable. It serves every waiting request, and so has no
    /// token of one.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<T?> GetAsync(string url, Func<T?, TimeSpan> maxAge, Func<Task<T?>> fetch, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (entries.Count >= MaxEntries)
            entries.Clear();
        var entry = entries.GetOrAdd(url, _ => new Entry(now, new Lazy<Task<T?>>(fetch)));
        if (entry.IsStale(now, maxAge))
        {
            var fresh = new Entry(now, new Lazy<Task<T?>>(fetch));
            entry = entries.TryUpdate(url, fresh, entry) ? fresh : entries.GetOrAdd(url, fresh);
        }

        return entry.Result.Value.WaitAsync(ct);
    }

    private sealed record Entry(DateTimeOffset StartedAt, Lazy<Task<T?>> Result)
    {
        /// <summary>A running fetch is never stale.</summary>
        public bool IsStale(DateTimeOffset now, Func<T?, TimeSpan> maxAge) => Result.Value switch
        {
            { IsCompletedSuccessfully: true, Result: var result } => now >= StartedAt + maxAge(result),
            { IsCompleted: true } => true,
            _ => false,
        };
    }
}
