using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using AuthServer.Core.Federation;

namespace AuthServer.Web.Http;

/// <summary>Speaks to identity providers through the guard. A document is kept as long as its reader wants; a failure for a few seconds alone.</summary>
internal sealed class ProviderHttp(GuardedFetcher fetcher, TimeProvider time) : IProviderHttp
{
    private const int MostEntries = 1_000;
    private static readonly TimeSpan FailureKeptFor = TimeSpan.FromSeconds(5);
    private static readonly ProductInfoHeaderValue Name = new("AuthServer", "1");
    private readonly ConcurrentDictionary<string, (string? Text, DateTimeOffset FetchedAt)> kept = new(StringComparer.Ordinal);

    public async Task<ProviderReply?> SendAsync(ProviderRequest request, CancellationToken ct)
    {
        if (!Uri.TryCreate(request.Uri, UriKind.Absolute, out var uri))
            return null;
        using var message = new HttpRequestMessage(request.Form is null ? HttpMethod.Get : HttpMethod.Post, uri);
        message.Headers.Accept.ParseAdd("application/json");
        message.Headers.UserAgent.Add(Name);
        if (request.Authorization is { } authorization)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (request.Form is { } form)
            message.Content = new FormUrlEncodedContent(form);
        return await fetcher.SendAsync(message, ct) is var (status, document) ? new ProviderReply((int)status, Encoding.UTF8.GetString(document.Body)) : null;
    }

    public async Task<string?> DocumentAsync(string uri, TimeSpan mostAge, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (kept.TryGetValue(uri, out var known) && now < known.FetchedAt + (known.Text is null ? FailureKeptFor : mostAge))
            return known.Text;

        var text = await SendAsync(new ProviderRequest(uri), ct) is { Status: StatusCodes.Status200OK } reply ? reply.Body : null;
        if (kept.Count >= MostEntries)
            kept.Clear();
        kept[uri] = (text, now);
        return text;
    }
}
