using System.Net;
using System.Net.Sockets;

namespace AuthServer.Web.OutgoingHttp;

/// <summary>Resource at a URL of another party.</summary>
public sealed record FetchedDocument(byte[] Body, string? MediaType)
{
    /// <summary>The headers of the response by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>
/// Fetches such a URL: only https, no redirect, no proxy, no cookie, and only from an address that
/// <see cref="PublicAddressFilter"/> accepts; the connection goes to the very address that was checked, so that a
/// second DNS look-up can't return another (DNS rebinding).
/// </summary>
public sealed class SsrfSafeFetcher : IDisposable
{
    private const int MaxBodyLength = 64 * 1024;
    private const string NotPublic = "The name leads to an address that is not public.";

    /// <summary>For one request, unless the constructor is given another.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TimeSpan timeout;
    private readonly HttpMessageInvoker http;
    private readonly ILogger<SsrfSafeFetcher> log;
    private readonly bool allowLoopback;

    /// <param name="log">Why something was not fetched.</param>
    /// <param name="allowLoopback">For tests: loopback addresses, and http to them.</param>
    /// <param name="timeout">For one request; five seconds when null.</param>
    public SsrfSafeFetcher(ILogger<SsrfSafeFetcher> log, bool allowLoopback = false, TimeSpan? timeout = null)
    {
        (this.log, this.allowLoopback, this.timeout) = (log, allowLoopback, timeout ?? Timeout);
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = this.timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <returns>
    /// Null when the URL is not allowed, or did not answer 200 with at most <paramref name="maxLength"/> bytes within
    /// five seconds.
    /// </returns>
    public async Task<FetchedDocument?> GetAsync(Uri uri, CancellationToken ct, int maxLength = MaxBodyLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        return await SendAsync(request, ct, maxLength) is (HttpStatusCode.OK, var document) ? document : null;
    }

    /// <summary>
    /// For a request with headers or a form of its own; the answer's status is the caller's to judge.
    /// </summary>
    /// <returns>
    /// Null when the URL is not allowed, or did not answer with at most <paramref name="maxLength"/> bytes within five
    /// seconds.
    /// </returns>
    public async Task<(HttpStatusCode Status, FetchedDocument Document)?> SendAsync(
        HttpRequestMessage request, CancellationToken ct, int maxLength = MaxBodyLength)
    {
        try
        {
            return await SendOrThrowAsync(request, ct, maxLength);
        }
        catch (FetchException)
        {
            return null;
        }
    }

    /// <summary>The same for a caller that says why it failed.</summary>
    /// <exception cref="FetchException">Where <see cref="SendAsync"/> returns null.</exception>
    public async Task<(HttpStatusCode Status, FetchedDocument Document)> SendOrThrowAsync(
        HttpRequestMessage request, CancellationToken ct, int maxLength = MaxBodyLength)
    {
        var uri = request.RequestUri!;
        if (!IsAllowed(uri))
            throw new FetchException("ERR_URL_NOT_ALLOWED", "The URL must be https, without a user name.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(timeout);
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var body = answer.Content.Headers.ContentLength > maxLength
                ? null
                : await ReadAsync(answer.Content, maxLength, patience.Token);
            return body is null
                ? throw new FetchException("ERR_RESPONSE_TOO_LARGE", $"The response has more than {maxLength} bytes.")
                : (answer.StatusCode, DocumentOf(answer, body));
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            log.LogInformation("Could not reach {Host}: {Reason}", uri.Host, failure.Message);
            throw FetchException.Of(uri, failure);
        }
    }

    /// <summary>Posts a form; reads nothing of the response but its success.</summary>
    /// <returns>False when the URL is not allowed, or did not answer with a success and at most 64 KiB within five
    /// seconds.</returns>
    public async Task<bool> PostAsync(Uri uri, IReadOnlyDictionary<string, string> form, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent(form) };
        if (await SendAsync(request, ct) is not var (status, _))
            return false;
        if ((int)status is >= 200 and < 300)
            return true;
        log.LogInformation("{Host} answered {Status}", uri.Host, (int)status);
        return false;
    }

    public void Dispose() => http.Dispose();

    private bool IsAllowed(Uri uri) =>
        uri.IsAbsoluteUri && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (allowLoopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static FetchedDocument DocumentOf(HttpResponseMessage answer, byte[] body) =>
        new(body, answer.Content.Headers.ContentType?.MediaType?.ToLowerInvariant())
        {
            Headers = [.. answer.Headers.Concat(answer.Content.Headers)
                .Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))],
        };

    private static async Task<byte[]?> ReadAsync(HttpContent content, int maxLength, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > maxLength)
                return null;
            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext connection, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(connection.DnsEndPoint.Host, ct);

        // One bad address among good ones is a trick, not a choice.
        if (found.Length == 0 || !Array.TrueForAll(found, MayReach))
        {
            throw new HttpRequestException(NotPublic, new FetchException("ERR_ADDRESS_NOT_PUBLIC", NotPublic));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, connection.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayReach(IPAddress address) =>
        PublicAddressFilter.IsPublic(address) || (allowLoopback && IPAddress.IsLoopback(address));
}
