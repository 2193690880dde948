using System.Net;
using System.Text.Json;
using AuthServer.Actions;
using AuthServer.Web.OutgoingHttp;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Actions;

/// <summary>
/// Sends the requests of Actions, within the limits of every URL that this server did not write
/// (<see cref="SsrfSafeFetcher"/>): https, public addresses, no redirects, 64 KiB.
/// </summary>
internal sealed class ActionHost(ILogger<SsrfSafeFetcher> log, bool allowLoopback) : IActionHost, IDisposable
{
    private const int MaxBody = 64 * 1024;
    private const int MaxHeaders = 50;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Headers that say how the connection is used, which is not the Action's to say.</summary>
    private static readonly string[] Refused =
    [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ];

    private readonly SsrfSafeFetcher fetcher = new(log, allowLoopback, Timeout);

    public async Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct)
    {
        if (operation != "fetch")
            throw new ActionHostException($"Unknown operation: {operation}");
        using var request = Read(arguments);
        var (status, document) = await SendAsync(request, ct);
        return JsonSerializer.SerializeToElement(new
        {
            status = (int)status,
            statusText = ReasonPhrases.GetReasonPhrase((int)status),
            headers = document.Headers.Select(header => (string[])[header.Key, header.Value]),
            body = Convert.ToBase64String(document.Body),
        });
    }

    public void Dispose() => fetcher.Dispose();

    private async Task<(HttpStatusCode Status, FetchedDocument Document)> SendAsync(
        HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await fetcher.SendOrThrowAsync(request, ct);
        }
        catch (FetchException failure)
        {
            throw new ActionHostException("fetch failed", failure.Code, failure.Message);
        }
    }

    private static HttpRequestMessage Read(JsonElement arguments)
    {
        try
        {
            if (!Uri.TryCreate(arguments[0].GetString(), UriKind.Absolute, out var uri))
                throw new ActionHostException("Invalid URL");
            var request = new HttpRequestMessage(new HttpMethod(arguments[1].GetString()!), uri);
            if (arguments[3].ValueKind == JsonValueKind.String)
                request.Content = new ByteArrayContent(BodyOf(arguments[3]));
            foreach (var header in arguments[2].EnumerateArray().Take(MaxHeaders))
                Add(request, header[0].GetString()!, header[1].GetString()!);
            return request;
        }
        catch (Exception malformed) when (malformed is InvalidOperationException or IndexOutOfRangeException
            or FormatException or ArgumentException)
        {
            throw new ActionHostException("The request is malformed");
        }
    }

    private static byte[] BodyOf(JsonElement body)
    {
        var bytes = body.GetBytesFromBase64();
        return bytes.Length <= MaxBody ? bytes : throw new ActionHostException($"A body may have {MaxBody} bytes");
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (Refused.Contains(name, StringComparer.OrdinalIgnoreCase))
            return;
        if (!request.Headers.TryAddWithoutValidation(name, value))
            request.Content?.Headers.TryAddWithoutValidation(name, value);
    }
}
