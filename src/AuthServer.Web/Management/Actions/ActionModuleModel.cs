using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>The members of a module. Secrets are read by <see cref="ActionSecretsBody"/>.</summary>
internal static class ActionModuleModel
{
    private const int MaxCode = 65_536;

    public static ResourceSchema<ActionModule> Wire { get; } = new ResourceSchema<ActionModule>()
        .Shown("id", m => m.Id.ToString())
        .AtCreate("name", CodeMembers.Name, m => m.Name)
        .Text("code", m => m.Code, (m, v) => m.Code = v, JsonValidators.TextUpTo(MaxCode))
        .Dependencies()
        .Secrets()
        .AtCreate("publish", JsonValidators.Flag, _ => null)
        .Shown("all_changes_published", m => m.AllChangesPublished)
        .Shown("created_at", m => m.CreatedAt.Iso())
        .Shown("updated_at", m => m.UpdatedAt.Iso());

    /// <param name="module">The module.</param>
    /// <param name="latest">Its latest version; null when none was published.</param>
    /// <param name="actions">How many deployed Actions load it.</param>
    public static JsonObject Write(ActionModule module, ActionModuleVersion? latest, int actions)
    {
        var json = Wire.Write(module);
        json["actions_using_module_total"] = actions;
        if (latest is null)
            return json;
        json["latest_version_number"] = latest.Number;
        var version = Write(latest);
        version.Remove("module_id");
        json["latest_version"] = version;
        return json;
    }

    public static JsonObject Write(ActionModuleVersion version) => new()
    {
        ["id"] = version.Id.ToString(),
        ["module_id"] = version.ModuleId.ToString(),
        ["version_number"] = version.Number,
        ["code"] = version.Code,
        ["dependencies"] = JsonNode.Parse(version.Dependencies),
        ["secrets"] = JsonNode.Parse(version.SecretNames),
        ["created_at"] = version.CreatedAt.Iso(),
    };

    public static JsonObject Write(ActionModuleUse use) => new()
    {
        ["action_id"] = use.ActionId.ToString(),
        ["action_name"] = use.ActionName,
        ["module_version_id"] = use.Module.VersionId.ToString(),
        ["module_version_number"] = use.Module.Number,
        ["supported_triggers"] = ActionModel.WriteTriggers(use.TriggerId),
    };
}
