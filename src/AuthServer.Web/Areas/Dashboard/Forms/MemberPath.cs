using System.Text.Json.Nodes;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>Members of a resource by the names on the way to them, with periods between.</summary>
internal static class MemberPath
{
    /// <returns>Null when it is not there, or is null.</returns>
    public static JsonNode? Find(JsonObject resource, string member) =>
        TryFind(resource, member, out var value) ? value : null;

    /// <returns>False when it is not there.</returns>
    public static bool TryFind(JsonObject resource, string member, out JsonNode? value)
    {
        value = resource;
        foreach (var name in member.Split('.'))
        {
            if (value is not JsonObject parent || !parent.TryGetPropertyValue(name, out value))
                return false;
        }

        return true;
    }

    public static void Set(JsonObject resource, string member, JsonNode? value)
    {
        var names = member.Split('.');
        var parent = resource;
        foreach (var name in names[..^1])
        {
            if (parent[name] is not JsonObject inner)
                parent[name] = inner = [];
            parent = inner;
        }

        parent[names[^1]] = value;
    }
}
