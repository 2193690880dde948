using System.Collections.Concurrent;
using System.Text;
using AuthServer.Core.Clients;

namespace AuthServer.Web.Http;

/// <summary>Fetches what clients publish; a key set that was asked for, found or not, is kept for a while.</summary>
internal sealed class ClientDocuments(GuardedFetcher fetcher, TimeProvider time) : IClientDocuments
{
    private const int MostEntries = 1_000;
    private readonly ConcurrentDictionary<string, (string? Keys, DateTimeOffset FetchedAt)> kept = new(StringComparer.Ordinal);

    public async Task<byte[]?> FetchAsync(string uri, CancellationToken ct) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? (await fetcher.GetAsync(parsed, ct))?.Body : null;

    public async Task<string?> KeySetAsync(string uri, TimeSpan mostAge, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (kept.TryGetValue(uri, out var known) && now < known.FetchedAt + mostAge)
            return known.Keys;

        var keys = await FetchAsync(uri, ct) is { } body ? Encoding.UTF8.GetString(body) : null;
        if (kept.Count >= MostEntries)
            kept.Clear();
        kept[uri] = (keys, now);
        return keys;
    }
}
