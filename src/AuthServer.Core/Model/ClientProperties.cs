using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Core.Model;

/// <content>Members without a column: JSON in the properties that OpenIddict stores with a client.</content>
public sealed partial class Client
{
    private IReadOnlyDictionary<string, JsonElement>? readProperties;

    /// <summary>A JSON object.</summary>
    public override string? Properties
    {
        get => base.Properties;
        set => (base.Properties, readProperties) = (value, null);
    }

    /// <summary>The key of a member of a member.</summary>
    public static string PropertyName(string parent, string name) => parent + "." + name;

    /// <summary>A copy; null when it is not set.</summary>
    public JsonNode? GetProperty(string key)
    {
        readProperties ??= Properties is { } stored
            ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stored)!
            : FrozenDictionary<string, JsonElement>.Empty;
        return readProperties.TryGetValue(key, out var value) ? JsonSerializer.SerializeToNode(value) : null;
    }

    /// <param name="key">A member, or a <see cref="PropertyName"/>.</param>
    /// <param name="value">Null removes it.</param>
    public void SetProperty(string key, JsonNode? value)
    {
        var properties = ReadProperties();
        if (value is null)
            properties.Remove(key);
        else
            properties[key] = value;
        WriteProperties(properties);
    }

    /// <summary>Removes every member of <paramref name="parent"/>.</summary>
    public void ForgetProperties(string parent)
    {
        var properties = ReadProperties();
        foreach (var key in properties.Select(property => property.Key).ToList())
        {
            if (key.StartsWith(PropertyName(parent, ""), StringComparison.Ordinal))
                properties.Remove(key);
        }

        WriteProperties(properties);
    }

    private JsonObject ReadProperties() =>
        Properties is null ? [] : JsonNode.Parse(Properties)!.AsObject();

    private void WriteProperties(JsonObject properties) =>
        Properties = properties.Count == 0 ? null : properties.ToJsonString();
}
