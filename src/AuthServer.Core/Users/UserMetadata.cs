using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Core.Users;

/// <summary>Merges metadata one level deep.</summary>
public static class UserMetadata
{
    /// <param name="stored">A JSON object.</param>
    /// <param name="changes">New values; a JSON null removes its key.</param>
    public static string Merge(string stored, IReadOnlyDictionary<string, JsonElement> changes)
    {
        var merged = JsonNode.Parse(stored)!.AsObject();
        foreach (var (key, value) in changes)
        {
            if (value.ValueKind == JsonValueKind.Null)
                merged.Remove(key);
            else
                merged[key] = JsonNode.Parse(value.GetRawText());
        }

        return merged.ToJsonString();
    }
}
