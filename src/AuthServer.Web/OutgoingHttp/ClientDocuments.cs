using System.Text;
using AuthServer.Core.Clients;

namespace AuthServer.Web.OutgoingHttp;

/// <summary>Fetches what clients publish. A document, found or not, is cached.</summary>
internal sealed class ClientDocuments(SsrfSafeFetcher fetcher, TimeProvider time) : IClientDocuments
{
    private readonly FetchCache<string> documents = new(time);

    public Task<string?> FetchAsync(string uri, TimeSpan maxAge, CancellationToken ct) =>
        documents.GetAsync(uri, _ => maxAge, () => FetchAsync(uri), ct);

    private async Task<string?> FetchAsync(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && await fetcher.GetAsync(parsed, CancellationToken.None) is { Body: var body }
            ? Encoding.UTF8.GetString(body)
            : null;
}
