using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>The event as each Action finds it: with what the Actions before it have decided.</summary>
internal sealed class EventPipeline(ActionRun run)
{
    private readonly JsonObject next = JsonObject.Create(run.Event)!;
    private readonly JsonObject cache = run.Cache is { } entries ? JsonObject.Create(entries)! : [];

    public StartArguments ArgumentsFor(ActionSource action) =>
        new(HandlerOf(action), next.ToJsonString(), ObjectOf(action.Secrets), cache.ToJsonString());

    /// <summary>As JSON.</summary>
    public static string ObjectOf(IReadOnlyDictionary<string, string> texts) =>
        new JsonObject(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)))
            .ToJsonString();

    /// <summary>Shows the commands of an Action to the next ones.</summary>
    public void Apply(JsonElement commands)
    {
        foreach (var command in commands.EnumerateArray().Where(command => command.GetArrayLength() > 1))
            Apply(command[0].GetString(), command);
    }

    private string HandlerOf(ActionSource action) =>
        ReferenceEquals(action, run.Actions[0]) ? run.FirstHandler ?? run.Handler : run.Handler;

    private void Apply(string? path, JsonElement command)
    {
        switch (path)
        {
            case "user.setAppMetadata":
                Merge(next["user"], "app_metadata", command);
                break;
            case "user.setUserMetadata":
                Merge(next["user"], "user_metadata", command);
                break;
            case "transaction.setMetadata":
                Merge(next["transaction"], "metadata", command);
                break;
            case "accessToken.setCustomClaim" when next["accessToken"] is { } token:
                Merge(token, "customClaims", command);
                break;
            case "cache.set" when command.GetArrayLength() == 4:
                cache[command[1].GetString()!] = new JsonObject
                {
                    ["value"] = command[2].GetString(),
                    ["expires_at"] = command[3].GetDouble(),
                };
                break;
            case "cache.delete":
                cache.Remove(command[1].GetString()!);
                break;
        }
    }

    /// <summary>Null removes the key.</summary>
    private static void Merge(JsonNode? parent, string member, JsonElement command)
    {
        if (parent?[member] is not JsonObject target || command[1].GetString() is not { } key)
            return;
        if (command.GetArrayLength() < 3 || command[2].ValueKind == JsonValueKind.Null)
            target.Remove(key);
        else
            target[key] = JsonNode.Parse(command[2].GetRawText());
    }
}
