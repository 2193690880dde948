namespace AuthServer.Core.Tenants;

/// <summary>
/// The tenant's issuer identifier: <c>https://host[:port]/</c> with the trailing slash, byte-equal in the metadata and
/// in every token (docs/requirements.md#issuer-and-tenant).
/// </summary>
public sealed record Issuer
{
    /// <summary>The Management API's identifier as it is stored: relative, so that it follows the issuer.</summary>
    public const string ManagementApi = "/api/v2/";

    private Issuer(Uri uri)
    {
        (Value, Host) = (uri.GetLeftPart(UriPartial.Authority) + "/", uri.Host);
        Uri = new Uri(Value);
    }

    public string Value { get; }

    /// <summary>The same.</summary>
    public Uri Uri { get; }

    public string Scheme => Value.StartsWith("https:", StringComparison.Ordinal) ? "https" : "http";

    /// <summary>Without scheme and port.</summary>
    public string Host { get; }

    public string UserInfo => Value + "userinfo";

    /// <summary>Everything but the trailing slash: scheme, host and port.</summary>
    public string Origin => Value[..^1];

    /// <returns>Null when <paramref name="text"/> is not an http(s) origin.</returns>
    public static Issuer? TryParse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? new Issuer(uri)
            : null;

    /// <summary>The URL of one of this server's own paths, <c>/authorize</c> for example.</summary>
    public string At(string path) => Origin + path;

    /// <summary>Identifier of an API in tokens: this server's own follow the issuer.</summary>
    public string Absolute(string storedAudience) =>
        storedAudience.StartsWith('/') ? Origin + storedAudience : storedAudience;

    /// <summary>The stored form of an <c>audience</c> parameter; the reverse of <see cref="Absolute"/>.</summary>
    public string Stored(string audience) =>
        string.Equals(audience, Absolute(ManagementApi), StringComparison.Ordinal) ? ManagementApi : audience;

    public override string ToString() => Value;
}
