using System.Text.Json;

namespace AuthServer.Core.Jose;

/// <summary>The claims of a JWT whose signature was right, RFC 7519 §4. A claim of the wrong JSON type, or of half characters, counts as absent.</summary>
public sealed class JwtClaims(JsonElement payload)
{
    public string? Text(string name) =>
        payload.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A NumericDate in whole seconds; a fraction, a string or an absurd number counts as absent.</summary>
    public DateTimeOffset? Time(string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public bool Has(string name) => payload.TryGetProperty(name, out _);

    /// <summary>The <c>aud</c> claim is this one string, and not an array (RFC 7523bis, for client assertions).</summary>
    public bool AudienceIs(string audience) => string.Equals(Text("aud"), audience, StringComparison.Ordinal);

    /// <summary>The <c>aud</c> claim is this string, or an array that holds it.</summary>
    public bool AudienceContains(string audience) => Audiences().Contains(audience, StringComparer.Ordinal);

    public IReadOnlyList<string> Audiences()
    {
        if (!payload.TryGetProperty("aud", out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String when TextOf(value) is { } only => [only],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(TextOf).OfType<string>()],
            _ => [],
        };
    }

    /// <summary>The thumbprint in <c>cnf</c>: the key that an access token is bound to (RFC 9449 §6.1).</summary>
    public string? BoundTo() =>
        payload.TryGetProperty("cnf", out var confirmation) && confirmation.ValueKind == JsonValueKind.Object && confirmation.TryGetProperty("jkt", out var thumbprint)
            ? TextOf(thumbprint)
            : null;

    /// <summary>Between <c>nbf</c> and <c>exp</c>; a token without <c>exp</c> is never current. Ten seconds for clocks that differ (FAPI 2.0).</summary>
    public bool IsCurrent(DateTimeOffset now) =>
        Time("exp") is { } expires && now < expires
        && (!Has("nbf") || (Time("nbf") is { } begins && begins <= now.AddSeconds(10)))
        && (!Has("iat") || (Time("iat") is { } issued && issued <= now.AddSeconds(10)));

    /// <summary>The parser takes half a surrogate pair for text, and fails only when the text is asked for.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
