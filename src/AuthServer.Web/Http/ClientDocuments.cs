using System.Text;
using AuthServer.Core.Clients;

namespace AuthServer.Web.Http;

/// <summary>Fetches what clients publish. A key set, found or not, is cached.</summary>
internal sealed class ClientDocuments(GuardedFetcher fetcher, TimeProvider time) : IClientDocuments
{
    private readonly FetchCache<string> keySets = new(time);

    public async Task<byte[]?> FetchAsync(string uri, CancellationToken ct) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? (await fetcher.GetAsync(parsed, ct))?.Body : null;

    public Task<string?> KeySetAsync(string uri, TimeSpan maxAge, CancellationToken ct) => keySets.GetAsync(
        uri,
        _ => maxAge,
        async () => await FetchAsync(uri, CancellationToken.None) is { } body ? Encoding.UTF8.GetString(body) : null,
        ct);
}
