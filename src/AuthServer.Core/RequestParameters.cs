using System.Text.Json;

namespace AuthServer.Core;

/// <summary>
/// The parameters of one request. A parameter sent empty counts as absent, and one sent twice is refused
/// (RFC 6749 §3.1 and §3.2), but for <c>resource</c> (RFC 8707 §2). One without a name is unknown, and ignored.
/// </summary>
public sealed class RequestParameters
{
    private const int MaxParameters = 100;

    /// <summary>Its values are kept with spaces between, so that they name no resource together.</summary>
    private const string Repeatable = "resource";
    private readonly Dictionary<string, string> values;

    private RequestParameters(Dictionary<string, string> values) => this.values = values;

    public static RequestParameters None { get; } = new([]);

    public string? this[string name] => values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> All => values;

    /// <summary>
    /// Whether the JSON in which a pending request is encrypted and a pushed one is stored has at most so many bytes.
    /// It is written only where six bytes for each character, and six for each pair, could be more.
    /// </summary>
    public bool FitsIn(int bytes) =>
        2 + values.Sum(pair => 6 * (pair.Key.Length + pair.Value.Length + 1)) <= bytes
        || JsonSerializer.SerializeToUtf8Bytes(values, JsonText.Relaxed).Length <= bytes;

    public bool Has(string name) => values.ContainsKey(name);

    public static Result<RequestParameters> From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var (name, value) in pairs)
        {
            if (count++ == MaxParameters)
                return OAuthError.InvalidRequest("Too many parameters.");
            if (!seen.Add(name) && name != Repeatable)
                return OAuthError.InvalidRequest($"Parameter sent more than once: {name}");
            if (value.Contains('\0', StringComparison.Ordinal))
                return OAuthError.InvalidRequest($"Parameter has a NUL character: {name}");
            if (name.Length > 0 && value.Length > 0)
                kept[name] = kept.TryGetValue(name, out var earlier) ? $"{earlier} {value}" : value;
        }

        return new RequestParameters(kept);
    }

    /// <summary>These parameters with one of them set, or dropped when <paramref name="value"/> is null.</summary>
    public RequestParameters With(string name, string? value)
    {
        var copy = new Dictionary<string, string>(values, StringComparer.Ordinal);
        if (value is null)
            copy.Remove(name);
        else
            copy[name] = value;
        return new RequestParameters(copy);
    }
}
