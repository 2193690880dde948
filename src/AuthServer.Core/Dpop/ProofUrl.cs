namespace AuthServer.Core.Dpop;

/// <summary>
/// Compares <c>htu</c> with the URL that this server has (RFC 9449 §4.3, 9): without query and fragment, the scheme and
/// host case-insensitively, a default port like none, and the path byte for byte.
/// </summary>
public static class ProofUrl
{
    public static bool AreSame(string htu, string url) =>
        Split(htu) is { } sent && Split(url) is { } ours && sent == ours;

    private static (string Scheme, string Host, string Port, string Path)? Split(string url)
    {
        var scheme =
            url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https"
            : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http"
            : null;
        if (scheme is null)
            return null;
        var rest = url[(scheme.Length + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        var query = tail.IndexOfAny(['?', '#']);
        var path = query < 0 ? tail : tail[..query];

        // The colon of a port comes after the brackets of an IPv6 address.
        var colon = authority.IndexOf(':', authority.LastIndexOf(']') + 1);
        var (host, port) = colon < 0 ? (authority, "") : (authority[..colon], authority[(colon + 1)..]);
        if (port.Length == 0)
            port = scheme == "https" ? "443" : "80";
        return (scheme, host.ToLowerInvariant(), port, path.Length == 0 ? "/" : path);
    }
}
