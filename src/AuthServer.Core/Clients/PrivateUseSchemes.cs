using System.Collections.Frozen;

namespace AuthServer.Core.Clients;

/// <summary>
/// Private-use schemes of redirect URIs (RFC 8252 §7.1). A scheme with a period is a domain name in reverse order; a
/// short one (<c>myapp</c>) has no owner, so that any application on the device may claim it.
/// </summary>
public static class PrivateUseSchemes
{
    /// <summary>
    /// Schemes that never take an authorization response to an application of the client: a browser or an operating
    /// system acts on them by itself, or hands them to a program that is not the client's.
    /// </summary>
    private static readonly (string Reason, string[] Names)[] Denied =
    [
        ("runs script or shows content of its own",
        [
            "javascript", "livescript", "mocha", "vbscript", "jscript", "data", "blob", "file", "filesystem", "about",
            "view-source", "jar", "wyciwyg", "mhtml", "cid", "mid", "content", "res", "resource", "mk", "its", "hcp",
            "applescript", "shell", "powershell", "cmd", "jnlp", "jnlps",
        ]),
        ("belongs to a browser",
        [
            "chrome", "googlechrome", "googlechromes", "edge", "microsoft-edge", "firefox", "opera", "brave", "vivaldi",
            "devtools", "extension", "moz-extension", "moz-icon", "safari-web-extension", "isolated-app",
        ]),
        ("is a network protocol",
        [
            "ws", "wss", "ftp", "ftps", "sftp", "tftp", "gopher", "ldap", "ldaps", "ssh", "telnet", "rlogin", "rdp",
            "vnc", "smb", "nfs", "afp", "cifs", "dav", "davs", "dict", "dns", "irc", "ircs", "news", "nntp", "snews",
            "rtsp", "rtmp", "git", "svn", "urn", "tag", "magnet", "feed",
        ]),
        ("writes to or calls someone",
        [
            "mailto", "tel", "telprompt", "sms", "smsto", "mms", "mmsto", "callto", "skype", "sip", "sips", "xmpp",
            "im", "facetime", "facetime-audio", "geo", "maps", "webcal", "bitcoin", "ethereum", "lightning", "upi",
            "payto",
        ]),
        ("starts programs of the operating system",
        [
            "intent", "android-app", "market", "itms", "itms-apps", "itms-appss", "itms-services", "app-settings",
            "prefs", "app-prefs", "shortcuts", "workflow", "x-man-page", "help", "search", "search-ms", "apt", "snap",
            "appstream", "flatpak", "steam", "onenote", "wsl", "openas", "odopen",
        ]),
    ];

    /// <summary>Families of such schemes, by how the name begins.</summary>
    private static readonly (string Prefix, string Reason)[] DeniedPrefixes =
    [
        ("chrome-", "belongs to a browser"),
        ("microsoft-edge-", "belongs to a browser"),
        ("ms-", "starts programs of the operating system"),
        ("x-apple", "starts programs of the operating system"),
        ("x-web-search", "starts programs of the operating system"),
        ("web+", "can be claimed by any web site"),
        ("ext+", "can be claimed by any browser extension"),
    ];

    private static readonly FrozenDictionary<string, string> Reasons = Denied
        .SelectMany(group => group.Names.Select(name => KeyValuePair.Create(name, group.Reason)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="uri">As it was written.</param>
    /// <param name="scheme">Its scheme, neither http nor https.</param>
    /// <param name="allowsShort">Whether the scheme may lack a period.</param>
    /// <returns>Description of the error; null when the URI is valid.</returns>
    public static string? Validate(string uri, string scheme, bool allowsShort) => scheme switch
    {
        _ when ReasonAgainst(scheme) is { } reason => $"has the scheme {scheme}, which {reason}",
        _ when !uri.StartsWith(scheme + ":/", StringComparison.OrdinalIgnoreCase) =>
            $"must have a slash after its scheme {scheme}:",
        _ when allowsShort || !IsShort(uri) => null,
        _ => $"has the scheme {scheme}: only https, http on a loopback address, and private-use schemes with a period "
            + "(com.example.app:/) are allowed for this application; native ones may have others",
    };

    /// <summary>RFC 8252 §8.4, strictly: a private-use scheme has a period.</summary>
    /// <returns>Description of the error; null when the URI is valid.</returns>
    public static string? ValidatePeriod(string uri) =>
        IsShort(uri) ? "has a scheme without a period, which this tenant does not allow" : null;

    /// <summary>Whether the URI has a private-use scheme without a period.</summary>
    public static bool IsShort(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && parsed.Scheme is not ("http" or "https")
        && !parsed.Scheme.Contains('.', StringComparison.Ordinal);

    private static string? ReasonAgainst(string scheme)
    {
        if (scheme.Length == 1)
            return "is a drive letter";
        if (Reasons.TryGetValue(scheme, out var reason))
            return reason;
        return Array
            .Find(DeniedPrefixes, denied => scheme.StartsWith(denied.Prefix, StringComparison.OrdinalIgnoreCase))
            .Reason;
    }
}
