using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Pages;

/// <summary>
/// Logos and icons (of the tenant, its organizations, identity providers and clients), from the URL itself (RFC 2397)
/// or fetched by this server: a visitor's browser asks no other host.
/// </summary>
public sealed class LogoCache(SsrfSafeFetcher fetcher, TimeProvider time)
{
    private const int MaxInlineBytes = 64 * 1024;
    private static readonly string[] Images =
    [
        "image/png", "image/jpeg", "image/webp", "image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon",
    ];

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private readonly FetchCache<FetchedDocument> logos = new(time);

    /// <returns>Null when there is no such image; that too is remembered.</returns>
    public async Task<FetchedDocument?> FindAsync(string url, CancellationToken ct) =>
        url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? Inline(url)
            : await logos.GetAsync(url, _ => KeptFor, () => FetchAsync(url), ct);

    private async Task<FetchedDocument?> FetchAsync(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && await fetcher.GetAsync(uri, CancellationToken.None) is { MediaType: { } type } fetched
        && Images.Contains(type, StringComparer.Ordinal)
            ? fetched
            : null;

    /// <summary>RFC 2397, only in base64.</summary>
    private static FetchedDocument? Inline(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0
            || url.Length > MaxInlineBytes * 4 / 3 + 64
            || !url[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return null;
        var type = url[5..(comma - 7)].ToLowerInvariant();
        var body = new byte[(url.Length - comma) * 3 / 4 + 3];
        return
            Images.Contains(type, StringComparer.Ordinal)
            && Convert.TryFromBase64String(url[(comma + 1)..], body, out var length)
            ? new FetchedDocument(body[..length], type)
            : null;
    }
}
