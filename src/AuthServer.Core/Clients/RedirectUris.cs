using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>
/// Exact comparison of redirect URIs (RFC 9700 §4.1.3). Only the port may differ, only for a loopback address, and only
/// for a native or third-party client (RFC 8252 §7.3).
/// </summary>
public static class RedirectUris
{
    private static readonly string[] LoopbackPrefixes = ["http://127.0.0.1", "http://[::1]", "http://localhost"];

    public static string WithoutFragment(string uri) =>
        uri.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? uri[..hash] : uri;

    public static bool IsRegistered(Client client, string asked) =>
        client.Callbacks.Contains(asked, StringComparer.Ordinal)
        || (MayVaryPort(client) && client.Callbacks.Any(registered => DiffersInPortAlone(registered, asked)));

    /// <summary>
    /// Whether the client may register private-use schemes without a period: editors and mobile applications do
    /// (<c>cursor://</c>, <c>myapp://</c>), and PKCE is required of their requests.
    /// </summary>
    public static bool MayUseShortSchemes(Client client) =>
        client.AppType == AppTypes.Native || client is { IsSelfRegistered: true, IsPublic: true };

    /// <summary>False for a URI that was registered before the tenant required periods (RFC 8252 §8.4).</summary>
    public static bool HasAllowedScheme(string uri, TenantSettings settings) =>
        !settings.Flag(TenantFlags.RequireReverseDomainSchemes) || !PrivateUseSchemes.IsShort(uri);

    /// <summary>
    /// Any program on the user's machine could receive the response: a loopback address or a private-use scheme does
    /// not identify the receiver (RFC 8252 §8.6).
    /// </summary>
    public static bool IsNonVerifiable(string redirectUri) =>
        !redirectUri.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.IsLoopback);

    private static bool MayVaryPort(Client client) => client.AppType == AppTypes.Native || !client.IsFirstParty;

    private static bool DiffersInPortAlone(string registered, string asked) =>
        Array.Find(LoopbackPrefixes, prefix => registered.StartsWith(prefix, StringComparison.Ordinal)) is { } host
        && asked.StartsWith(host, StringComparison.Ordinal)
        && AfterPort(registered.AsSpan(host.Length), out var registeredRest)
        && AfterPort(asked.AsSpan(host.Length), out var askedRest)
        && registeredRest.SequenceEqual(askedRest);

    /// <summary>
    /// Removes an optional <c>:port</c>; false when the rest is not a path, so that <c>127.0.0.1.evil</c> and
    /// <c>127.0.0.1@evil</c> fail.
    /// </summary>
    private static bool AfterPort(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = text;
        if (text is [':', ..])
        {
            var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
            var length = digits < 0 ? text.Length - 1 : digits;
            if (length is 0 or > 5
                || int.Parse(text.Slice(1, length), System.Globalization.CultureInfo.InvariantCulture) is 0 or > 65_535)
                return false;
            rest = text[(1 + length)..];
        }

        return rest is [] or ['/', ..] or ['?', ..];
    }
}
