using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Wire;

/// <summary>JSON Merge Patch, RFC 7396 §2.</summary>
internal static class JsonMergePatch
{
    /// <summary>Members that the patch does not name stay; null removes one.</summary>
    /// <param name="target">The value before; it is not changed.</param>
    /// <param name="patch">An object is merged, any other value replaces the target.</param>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var merged = target is JsonObject before ? before.DeepClone().AsObject() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Apply(merged[name], value);
        }

        return merged;
    }
}
