using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>
/// The members of an Action. Secrets are read by <see cref="ActionSecretsBody"/>, modules by
/// <see cref="ActionModulesBody"/>.
/// </summary>
internal static class ActionModel
{
    private const string Built = "built";

    public static ResourceSchema<ActionDefinition> Wire { get; } = new ResourceSchema<ActionDefinition>()
        .Shown("id", a => a.Id.ToString())
        .Text("name", a => a.Name, (a, v) => a.Name = v, CodeMembers.Name)
        .With(new("supported_triggers", a => WriteTriggers(a.TriggerId), ReadTriggers))
        .Text("code", a => a.Code, (a, v) => a.Code = v, JsonValidators.TextUpTo(ActionLimits.MaxCode), reset: "")
        .Dependencies()
        .Text(
            "runtime",
            a => a.Runtime,
            (a, v) => a.Runtime = v,
            JsonValidators.OneOf([.. ActionRuntimes.All]),
            ActionRuntimes.Default)
        .Secrets()
        .With(new("modules", a => Write(a.Modules), (_, _) => null))
        .AtCreate("deploy", JsonValidators.Flag, _ => null)
        .Shown("status", _ => Built)
        .Shown("all_changes_deployed", a => a.AllChangesDeployed)
        .Shown("installed_integration_id", _ => null)
        .Shown("created_at", a => a.CreatedAt.Iso())
        .Shown("updated_at", a => a.UpdatedAt.Iso())
        .Shown("built_at", a => a.UpdatedAt.Iso());

    public static JsonObject Write(ActionDefinition action, ActionVersion? deployed)
    {
        var json = Wire.Write(action);
        if (deployed is not null)
            json["deployed_version"] = Write(deployed, action);
        return json;
    }

    public static JsonObject Write(ActionVersion version, ActionDefinition action) => new()
    {
        ["id"] = version.Id.ToString(),
        ["action_id"] = version.ActionId.ToString(),
        ["number"] = version.Number,
        ["code"] = version.Code,
        ["dependencies"] = JsonNode.Parse(version.Dependencies),
        ["runtime"] = version.Runtime,
        ["secrets"] = JsonNode.Parse(version.SecretNames),
        ["modules"] = Write(version.Modules),
        ["status"] = Built,
        ["deployed"] = version.Id == action.DeployedVersionId,
        ["errors"] = new JsonArray(),
        ["supported_triggers"] = WriteTriggers(action.TriggerId),
        ["action"] = new JsonObject { ["id"] = action.Id.ToString(), ["name"] = action.Name },
        ["built_at"] = version.CreatedAt.Iso(),
        ["created_at"] = version.CreatedAt.Iso(),
        ["updated_at"] = version.CreatedAt.Iso(),
    };

    public static JsonObject Write(ActionExecution execution) => new()
    {
        ["id"] = execution.Id.ToString(),
        ["trigger_id"] = execution.TriggerId,
        ["status"] = execution.Status,
        ["results"] = JsonNode.Parse(execution.Results),
        ["created_at"] = execution.CreatedAt.Iso(),
        ["updated_at"] = execution.CreatedAt.Iso(),
    };

    public static JsonArray WriteTriggers(string triggerId) =>
        new(new JsonObject { ["id"] = triggerId, ["version"] = ActionTriggers.Find(triggerId)!.Version });

    /// <summary>The id of the one trigger that a body names.</summary>
    public static string? TriggerIdOf(JsonElement triggers) =>
        triggers.ValueKind == JsonValueKind.Array && triggers.GetArrayLength() == 1
            ? JsonText.Of(triggers[0], "id")
            : null;

    /// <returns>Why Actions for it can't be made; null when they can.</returns>
    public static ValidationError? CheckTrigger(JsonElement triggers)
    {
        if (TriggerIdOf(triggers) is not { } id)
            return "Expected one trigger with an id and a version";
        if (ActionTriggers.Find(id) is not { } trigger)
        {
            return ActionTriggers.Unsupported.Contains(id, StringComparer.Ordinal)
                ? $"The trigger {id} is not supported by this server"
                : $"Unknown trigger: {id}";
        }

        var isCurrent = !triggers[0].TryGetProperty("version", out var version)
            || (version.ValueKind == JsonValueKind.String && version.GetString() == trigger.Version);
        return isCurrent ? null : new ValidationError($"The trigger {id} has the version {trigger.Version} only");
    }

    private static JsonArray Write(IReadOnlyList<ActionModuleReference> modules) =>
        new([.. modules.Select(module => new JsonObject
        {
            ["module_id"] = module.ModuleId.ToString(),
            ["module_name"] = module.Name,
            ["module_version_id"] = module.VersionId.ToString(),
            ["module_version_number"] = module.Number,
        })]);

    private static ValidationError? ReadTriggers(ActionDefinition action, JsonElement value)
    {
        if (CheckTrigger(value) is { } problem)
            return problem;
        return TriggerIdOf(value) == action.TriggerId ? null : new ValidationError("can't upgrade to this trigger.");
    }
}
