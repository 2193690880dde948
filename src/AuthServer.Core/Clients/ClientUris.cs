using System.Collections.Frozen;

namespace AuthServer.Core.Clients;

/// <summary>
/// Which URIs a client may register (RFC 8252 §7, RFC 9700 §4.1). Each check returns a description of the error, or
/// null. Registered URIs are compared byte by byte later, so that they must be written as a client will send them.
/// </summary>
public static class ClientUris
{
    private const int MaxLength = 2048;

    /// <summary>
    /// A callback that carries one of these in its own query could forge or hide a member of the answer (RFC 9207
    /// §2.4).
    /// </summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "code", "state", "iss", "error", "error_description", "access_token",
        "id_token", "response");

    private static readonly FrozenSet<string> Loopback = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "127.0.0.1", "[::1]", "localhost");

    /// <param name="text">The URI.</param>
    /// <param name="allowsShortSchemes">Whether a private-use scheme may lack a period.</param>
    public static string? Callback(string text, bool allowsShortSchemes) =>
        Target(text, allowsShortSchemes)
        ?? (QueryNames(text).FirstOrDefault(Reserved.Contains) is { } reserved
            ? $"has the reserved parameter {reserved} in its query"
            : null);

    /// <summary>URL that a browser is sent to after a logout; as strict as a callback.</summary>
    /// <inheritdoc cref="Callback" path="/param"/>
    public static string? Logout(string text, bool allowsShortSchemes) => Target(text, allowsShortSchemes);

    /// <summary>Value of the <c>Origin</c> header: scheme, host and port, with nothing behind.</summary>
    public static string? Origin(string text)
    {
        if (Web(text) is { } reason)
            return reason;
        return string.Equals(new Uri(text).GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal)
            ? null
            : "must be an origin: scheme, host and port in lower case, without a path, a trailing slash or the "
                + "default port";
    }

    /// <summary>A page or an image of the client.</summary>
    public static string? Web(string text)
    {
        if (Written(text) is { } reason)
            return reason;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return "must be an absolute URI";
        return uri.Scheme switch
        {
            "https" or "http" when Authority(text) is not { Length: > 0 } => "must be an absolute URI",
            "https" or "http" when Authority(text).Contains('@', StringComparison.Ordinal) =>
                "must not have a user or password",
            "https" => null,
            "http" when Loopback.Contains(HostOf(Authority(text))) => null,
            "http" => "must be https: http is for 127.0.0.1, [::1] and localhost alone",
            _ => "must be https",
        };
    }

    /// <summary>A URL that this server calls or shows, with parameters of its own behind.</summary>
    public static string? WebWithoutFragment(string text) =>
        Web(text) ?? (text.Contains('#', StringComparison.Ordinal) ? "must not have a fragment" : null);

    /// <summary>The URL up to its query or fragment.</summary>
    public static string WithoutQuery(string url) =>
        url.IndexOfAny(['?', '#']) is >= 0 and var end ? url[..end] : url;

    public static bool SameOrigin(string left, string right) =>
        Uri.TryCreate(left, UriKind.Absolute, out var a) && Uri.TryCreate(right, UriKind.Absolute, out var b)
        && a.GetLeftPart(UriPartial.Authority) == b.GetLeftPart(UriPartial.Authority);

    private static string? Target(string text, bool allowsShortSchemes)
    {
        if (Written(text) is { } reason)
            return reason;
        if (text.Contains('#', StringComparison.Ordinal))
            return "must not have a fragment";
        if (text.Contains('*', StringComparison.Ordinal))
            return "must not have a wildcard";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return "must be an absolute URI";
        return uri.Scheme is "https" or "http"
            ? Web(text)
            : PrivateUseSchemes.Validate(text, uri.Scheme, allowsShortSchemes);
    }

    /// <summary>
    /// Printable ASCII without what browsers and parsers read differently: spaces, backslashes, quotes.
    /// </summary>
    internal static string? Written(string text) =>
        text switch
        {
            "" => "must not be empty",
            { Length: > MaxLength } => $"is longer than {MaxLength} characters",
            _ when text.Any(character =>
                    character is <= ' ' or > '~' or '\\' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}'
                ) => "has a character that must be percent-encoded, or a backslash",
            _ => null,
        };

    /// <summary>
    /// Text between <c>://</c> and the path, as it was written: the parser would turn 127.1 into 127.0.0.1.
    /// </summary>
    private static string Authority(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return "";
        var rest = text[(start + 3)..];
        return rest.IndexOfAny(['/', '?', '#']) is >= 0 and var end ? rest[..end] : rest;
    }

    private static string HostOf(string authority) =>
        authority.LastIndexOf(':') is > 0 and var colon && authority.IndexOf(']', StringComparison.Ordinal) < colon
            ? authority[..colon]
            : authority;

    private static IEnumerable<string> QueryNames(string text) =>
        text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var question
            ? text[(question + 1)..]
                .Split('&')
                .Select(pair => Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' ')))
            : [];
}
