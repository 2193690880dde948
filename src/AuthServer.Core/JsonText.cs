using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Core;

/// <summary>JSON from outside, and stored arrays of strings.</summary>
public static class JsonText
{
    private const int MaxDepth = 16;

    /// <summary>
    /// Writes what only this server and its store read: as OpenIddict writes the arrays of its entities.
    /// </summary>
    public static JsonSerializerOptions Relaxed { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>For people; it is encoded for HTML where it is shown.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Relaxed) { WriteIndented = true };

    /// <summary>Reads a stored array of strings; null is an empty one.</summary>
    public static IReadOnlyList<string> ReadList(string? stored) =>
        string.IsNullOrEmpty(stored) ? [] : JsonSerializer.Deserialize<string[]>(stored, Relaxed)!;

    /// <returns>Null for an empty array.</returns>
    public static string? WriteList(IReadOnlyList<string> values) =>
        values.Count == 0 ? null : JsonSerializer.Serialize(values, Relaxed);

    public static JsonArray ArrayOf(IEnumerable<string?> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    /// <returns>Null for what is not JSON, or holds text that can't be read.</returns>
    public static JsonElement? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return IsReadable(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the body of a request.</summary>
    /// <returns>Null for what is not JSON, names a member twice, or nests too deep.</returns>
    public static async Task<JsonElement?> ReadAsync(Stream body, int maxDepth, CancellationToken ct)
    {
        var strict = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
        try
        {
            using var document = await JsonDocument.ParseAsync(body, strict, ct);
            return document.RootElement.Clone();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Each of its names and strings is Unicode without NUL, which no store accepts. The parser accepts half a
    /// surrogate pair and any bytes as a string, and fails only when the string is read: so all of it is read here.
    /// </summary>
    public static bool IsReadable(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => HasNoNul(json.GetString()!),
                JsonValueKind.Array => json.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => json.EnumerateObject()
                    .All(member => HasNoNul(member.Name) && IsReadable(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The member, when <paramref name="json"/> is an object that has it, and it is a string.</summary>
    public static string? Of(JsonElement json, string member) =>
        Member(json, member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The member, when <paramref name="json"/> is an object that has it; else a value of no kind.</summary>
    public static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    public static bool IsTrue(JsonElement json, string member) =>
        Member(json, member).ValueKind == JsonValueKind.True;

    private static bool HasNoNul(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
