using System.Text.Json;

namespace AuthServer.Core.Jwt;

/// <summary>The claims of a JWT (RFC 7519 §4). A claim of the wrong JSON type counts as absent.</summary>
/// <param name="Root">The JSON object.</param>
public sealed record JwtPayload(JsonElement Root)
{
    private const long MaxSeconds = 253_402_300_799;

    public string? Text(string name) => JsonText.Of(Root, name);

    /// <summary>A NumericDate in whole seconds; anything else counts as absent.</summary>
    public DateTimeOffset? Time(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= MaxSeconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>Whether <c>aud</c> is this one string, and not an array (RFC 7523bis, for client assertions).</summary>
    public bool AudienceIs(string audience) => string.Equals(Text("aud"), audience, StringComparison.Ordinal);

    /// <summary>Whether <c>aud</c> is this string, or an array that contains it.</summary>
    public bool AudienceContains(string audience) => Audiences().Contains(audience, StringComparer.Ordinal);

    public IReadOnlyList<string> Audiences()
    {
        if (!Root.TryGetProperty("aud", out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array =>
            [
                .. value.EnumerateArray()
                    .Where(one => one.ValueKind == JsonValueKind.String)
                    .Select(one => one.GetString()!),
            ],
            _ => [],
        };
    }

    /// <summary>The thumbprint in <c>cnf</c>: the key that an access token is bound to (RFC 9449 §6.1).</summary>
    public string? KeyThumbprint() =>
        Root.TryGetProperty("cnf", out var confirmation) ? JsonText.Of(confirmation, "jkt") : null;

    /// <summary>
    /// Between <c>nbf</c> and <c>exp</c>; a token without <c>exp</c> is never current. Ten seconds for clocks that
    /// differ (FAPI 2.0).
    /// </summary>
    public bool IsCurrent(DateTimeOffset now) =>
        Time("exp") is { } expires && now < expires
        && (!Has("nbf") || (Time("nbf") is { } begins && begins <= now.AddSeconds(10)))
        && (!Has("iat") || (Time("iat") is { } issued && issued <= now.AddSeconds(10)));
}
