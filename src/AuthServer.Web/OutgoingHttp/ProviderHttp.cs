using System.Net.Http.Headers;
using System.Text;
using AuthServer.Core.Federation;

namespace AuthServer.Web.OutgoingHttp;

/// <summary>
/// Calls identity providers through the SSRF filter. A document is cached for as long as its reader sets, a failure for
/// <see cref="FetchCache{T}.MinInterval"/>.
/// </summary>
internal sealed class ProviderHttp(SsrfSafeFetcher fetcher, TimeProvider time) : IProviderHttp
{
    private static readonly ProductInfoHeaderValue Name = new("AuthServer", "1");
    private readonly FetchCache<string> documents = new(time);

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
        return await fetcher.SendAsync(message, ct) is var (status, document)
            ? new ProviderReply((int)status, Encoding.UTF8.GetString(document.Body))
            : null;
    }

    public Task<string?> DocumentAsync(string uri, TimeSpan maxAge, CancellationToken ct) => documents.GetAsync(
        uri,
        text => text is null ? TimeSpan.Zero : maxAge,
        () => FetchAsync(uri),
        ct);

    public DateTimeOffset? FetchedAt(string uri) => documents.FetchedAt(uri);

    private async Task<string?> FetchAsync(string uri)
    {
        var reply = await SendAsync(new ProviderRequest(uri), CancellationToken.None);
        return reply is { Status: StatusCodes.Status200OK } ? reply.Body : null;
    }
}
