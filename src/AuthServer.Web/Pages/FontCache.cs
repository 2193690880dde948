using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Pages;

/// <summary>
/// The font of the tenant, fetched by this server: a visitor's browser asks no other host, and the pages' policy allows
/// none.
/// </summary>
public sealed class FontCache(SsrfSafeFetcher fetcher, TimeProvider time)
{
    private const int MaxLength = 2 * 1024 * 1024;
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <summary>The first bytes of a font file, and its media type (RFC 8081).</summary>
    private static readonly (byte[] Signature, string MediaType)[] Formats =
    [
        ("wOF2"u8.ToArray(), "font/woff2"),
        ("wOFF"u8.ToArray(), "font/woff"),
        ("OTTO"u8.ToArray(), "font/otf"),
        ([0, 1, 0, 0], "font/ttf"),
        ("true"u8.ToArray(), "font/ttf"),
    ];

    private readonly FetchCache<FetchedDocument> fonts = new(time);

    /// <returns>Null when there is no font at the URL; that is remembered too.</returns>
    public Task<FetchedDocument?> FindAsync(string url, CancellationToken ct) =>
        fonts.GetAsync(url, _ => MaxAge, () => FetchAsync(url), ct);

    private async Task<FetchedDocument?> FetchAsync(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || await fetcher.GetAsync(uri, CancellationToken.None, MaxLength) is not { } fetched)
            return null;
        var format = Array.Find(Formats, known => fetched.Body.AsSpan().StartsWith(known.Signature));
        return format.MediaType is null ? null : new FetchedDocument(fetched.Body, format.MediaType);
    }
}
