using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>
/// <c>secrets</c> of an Action or a module: sent, they are the whole set. One that is named without a value keeps the
/// value it has.
/// </summary>
internal static class ActionSecretsBody
{
    private const int MaxSecrets = 30;
    private const int MaxName = 128;
    private const int MaxValue = 4096;

    public static ValidationError? Read(JsonBody body, ICodeContent content, ISecretBox box, DateTimeOffset now) =>
        body.Root.TryGetProperty("secrets", out var sent) ? Read(sent, content, box, now)?.Under("secrets") : null;

    private static ValidationError? Read(JsonElement sent, ICodeContent content, ISecretBox box, DateTimeOffset now)
    {
        if (sent.ValueKind == JsonValueKind.Null)
            return Set(content, new Dictionary<string, string>(StringComparer.Ordinal), [], box);
        if (JsonValidators.Array(sent) is { } mistyped)
            return mistyped;
        if (sent.GetArrayLength() > MaxSecrets)
            return $"Array has more than {MaxSecrets} items";
        var before = ActionSecrets.Open(content.SecretsSealed, box);
        var dates = JsonNode.Parse(content.SecretNames)!.AsArray()
            .ToDictionary(
                entry => (string)entry!["name"]!, entry => (string)entry!["updated_at"]!, StringComparer.Ordinal);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new JsonArray();
        foreach (var secret in sent.EnumerateArray())
        {
            var name = JsonText.Of(secret, "name");
            var value = JsonText.Of(secret, "value") ?? (name is null ? null : before.GetValueOrDefault(name));
            if (name is null or { Length: 0 or > MaxName })
                return $"Expected a name of 1 to {MaxName} characters";
            if (value is null or { Length: > MaxValue })
                return $"Expected a value of at most {MaxValue} characters for {name}";
            if (!values.TryAdd(name, value))
                return $"Named twice: {name}";
            var isSame = before.GetValueOrDefault(name) == value;
            names.Add(new JsonObject { ["name"] = name, ["updated_at"] = isSame ? dates[name] : now.Iso() });
        }

        return Set(content, values, names, box);
    }

    private static ValidationError? Set(
        ICodeContent content, IReadOnlyDictionary<string, string> values, JsonArray names, ISecretBox box)
    {
        content.SecretNames = names.ToJsonString();
        content.SecretsSealed = ActionSecrets.Seal(values, box);
        return null;
    }
}
